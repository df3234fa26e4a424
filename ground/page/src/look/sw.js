// The service worker. Purpose: the street's pages open in a dead zone, as they were last seen.
// Never: keeps the desk, a sign-in page or an answer that says no-store; keeps anything after the
// node asks phones to forget (410 with x-baraza-hide: 1).
"use strict";
const CACHE = "baraza-1";
const FILES = ["CSS_PATH", "JS_PATH"];
// The oldest pages go first when there are more than this many.
const PAGES_MAX = 60;
const NOT_KEPT = /^\/(desk|sign-|gateway|api|health|simulator|start|say\/sealed|follow\/.)/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), tidy()]));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) return event.respondWith(file(event.request));
  if (NOT_KEPT.test(url.pathname)) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
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
async function page(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch (failure) {
    const found = await caches.match(request);
    const other = found || (await caches.match(request, { ignoreSearch: true }));
    if (other) return other;
    throw failure;
  }
  if (answer.status === 410 && answer.headers.get("x-baraza-hide") === "1") await forget();
  const rule = answer.headers.get("cache-control") || "";
  if (answer.ok && !rule.includes("no-store")) {
    await (await caches.open(CACHE)).put(request, answer.clone());
    await tidy();
  }
  return answer;
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
