// The kit's service worker. Purpose: the page of an evening opens without the node, as it was kept.
// Never: keeps any other page, keeps it longer than two days, or after the city hides.
"use strict";
const CACHE = "baraza-desk-kit";
const KEPT = "/desk/assemblies/kit-kept";
const KEPT_MS_MAX = 172800000;
// How long the node is waited for when its page is here already.
const WAIT_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
  const here = await kept(url.pathname + url.search);
  // A file's name holds its hash: what is kept is right.
  if (here && request.mode !== "navigate" && !url.pathname.endsWith("/kit")) return here;
  try {
    const late = new Promise((_, no) => here && setTimeout(no, WAIT_MS));
    const got = await Promise.race([fetch(request), late]);
    if (got.headers.get("x-baraza-hide") === "1") await caches.delete(CACHE);
    return here && !got.ok ? here : got;
  } catch (failure) {
    if (here) return here;
    throw failure;
  }
}

async function kept(path) {
  if (!(await caches.has(CACHE))) return undefined;
  const stamp = await caches.match(KEPT, { cacheName: CACHE });
  const age = Math.abs(Date.now() - Number(stamp ? await stamp.text() : 0));
  if (stamp && age > KEPT_MS_MAX) {
    await caches.delete(CACHE);
    return undefined;
  }
  // The page in whatever language it was kept.
  const about = { cacheName: CACHE, ignoreVary: true };
  const page = path.split("?")[0];
  const any = page.endsWith("/kit") && (await caches.match(page, { ...about, ignoreSearch: true }));
  return (await caches.match(path, about)) || any || undefined;
}
