// The service worker. Purpose: the street's pages open in a dead zone, as they were last seen.
// Never: keeps the desk, a sign-in page or an answer that says no-store; keeps anything after the
// node asks phones to forget (x-baraza-hide: 1).
"use strict";
const CACHE = "baraza-1";
const PAGE_FILES = ["CSS_PATH", "JS_PATH"];
// The recorder and the reader are fetched by the script, not named by every page.
const FILES = [...PAGE_FILES, "NOTE_PATH", "ALOUD_PATH"];
// The oldest pages go first when there are more than this many.
const PAGES_MAX = 60;
// Pages that one message may ask to be kept.
const ASKED_MAX = 4;
const NOT_KEPT = /^\/(desk|sign-|gateway|api|health|simulator|start|say\/sealed|follow\/.)/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), tidy()]));
});

// A page names those that should be there without a network, in its own language.
self.addEventListener("message", (event) => {
  const pages = (event.data.pages || []).slice(0, ASKED_MAX);
  event.waitUntil(Promise.all(pages.map(foresee)));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) return event.respondWith(file(event.request));
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
});

// A file's name holds its hash: what is kept is right for ever.
async function file(request) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

// The network first; what was last seen when there is none.
async function page(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (failure) {
    const found = NOT_KEPT.test(url.pathname) ? undefined : await kept(url);
    if (found) return found;
    throw failure;
  }
  event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}

// This page; else the same page in the same language; else in any.
async function kept(url) {
  const language = `${url.pathname}?lang=${url.searchParams.get("lang")}`;
  const any = { ignoreSearch: true, ignoreVary: true };
  return (
    (await caches.match(url.href, { ignoreVary: true })) ||
    (await caches.match(language, { ignoreVary: true })) ||
    (await caches.match(url.pathname, any))
  );
}

async function keep(request, answer) {
  // Whatever is asked for: a city that hides says so on each of its answers.
  if (answer.headers.get("x-baraza-hide") === "1") return forget();
  const { pathname } = new URL(answer.url || request.url || request, location.href);
  const rule = answer.headers.get("cache-control") || "";
  if (!answer.ok || answer.redirected || rule.includes("no-store") || NOT_KEPT.test(pathname)) return;
  await (await caches.open(CACHE)).put(request, answer);
  await tidy();
}

// Fetches a page before it is asked for, once for each version of the node.
async function foresee(path) {
  const found = await caches.match(path, { ignoreVary: true });
  const text = found ? await found.text() : "";
  if (PAGE_FILES.every((file) => text.includes(file))) return;
  await keep(path, await fetch(path));
}

async function forget() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function tidy() {
  const cache = await caches.open(CACHE);
  const all = await cache.keys();
  const isFile = (request) => new URL(request.url).pathname.startsWith("/static/");
  // Files of an older version of the node are of no more use.
  const old = all.filter((r) => isFile(r) && !FILES.includes(new URL(r.url).pathname));
  const pages = all.filter((r) => !isFile(r));
  const many = pages.slice(0, Math.max(0, pages.length - PAGES_MAX));
  await Promise.all([...old, ...many].map((request) => cache.delete(request)));
}
