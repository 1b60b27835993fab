// Keeps the page for use without a network. Answers from what was kept and from nowhere else; a newer
// version waits until the reader asks for it. Version {{version}}, {{digest}}.
"use strict";

const NAME = "checker-{{digest}}";
const FILES = {{shell}};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(FILES.map((name) => new Request(name, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("checker-") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "now") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  event.respondWith((async () => {
    const kept = await caches.open(NAME);
    const answer = await kept.match(event.request, { ignoreSearch: true });
    if (answer === undefined) return Response.error();
    return event.request.mode === "navigate" ? isolated(answer) : answer;
  })());
});

// Two headers that many static hosts cannot set: with them a browser lends the page threads. WebKit (2.50)
// begins no workers in a locked frame of an isolated page, so there they are not set, and taken away.
function isolated(answer) {
  const lends = /(?:Chrome|Firefox)\//u.test(navigator.userAgent);
  const headers = new Headers(answer.headers);
  for (const [name, value] of [["Opener", "same-origin"], ["Embedder", "require-corp"]]) {
    if (lends) headers.set(`Cross-Origin-${name}-Policy`, value);
    else headers.delete(`Cross-Origin-${name}-Policy`);
  }
  return new Response(answer.body, { status: answer.status, headers });
}
