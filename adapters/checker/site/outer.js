// Loads everything, checks it against the list of hashes, and hands it into a frame that has no way
// out. From then on this page holds nothing of the reader's and hears nothing from the frame.
"use strict";

const state = document.getElementById("state");
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]; // how such a file begins
const progress = document.getElementById("progress");

const GERMAN = {
  "Look before you post": "Erst hinsehen, dann posten",
  "Loading what is needed to look through pictures and texts here, on this device.":
    "Es wird geladen, was es braucht, um Bilder und Texte hier anzusehen, auf diesem Gerät.",
  "A newer version of this page is ready.": "Eine neuere Version dieser Seite ist da.",
  "Use it": "Nimm sie",
  "The page could not be loaded: {0}. Nothing was looked at. Reload it, or try again later.":
    "Die Seite ließ sich nicht laden: {0}. Nichts wurde angesehen. Lade sie neu, oder versuch es später noch einmal.",
};
const german = navigator.language.toLowerCase().startsWith("de");
const said = (words) => (german && GERMAN[words]) || words;
if (german) {
  document.documentElement.lang = "de";
  document.title = said(document.title);
  for (const one of document.querySelectorAll("h1, #state, #newer span, #renew")) one.textContent = said(one.textContent);
}

async function load() {
  const listed = await (await fetch("files.json", { cache: "no-cache" })).json();
  const total = Object.values(listed.files).reduce((sum, file) => sum + file.bytes, 0);
  const files = {};
  let done = 0;
  await Promise.all(Object.entries(listed.files).map(async ([name, file]) => {
    const bytes = await fetched(name, (more) => {
      done += more;
      progress.value = Math.min(1, done / total);
    });
    if (crypto.subtle && (await sha256(bytes)) !== file.sha256) {
      throw new Error(`${name} is not the file that belongs to this version`);
    }
    files[name] = bytes;
  }));
  return { listed, files };
}

async function fetched(name, told) {
  const answer = await fetch(`${name}.zst`);
  if (!answer.ok) throw new Error(`${name} could not be loaded`);
  const reader = answer.body.getReader();
  const pieces = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    told(value.length);
  }
  const packed = new Uint8Array(await new Blob(pieces).arrayBuffer());
  // Some hosts tell the browser to unpack such files by itself.
  if (!ZSTD.every((one, at) => packed[at] === one)) return packed.buffer;
  const content = fzstd.decompress(packed);
  return content.byteLength === content.buffer.byteLength ? content.buffer : content.slice().buffer;
}

async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (one) => one.toString(16).padStart(2, "0")).join("");
}

function shut({ listed, files }) {
  const frame = document.createElement("iframe");
  frame.title = said("Look before you post");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads");
  frame.setAttribute("allow", "clipboard-write; cross-origin-isolated");
  const words = new TextDecoder().decode(files["frame.html"]);
  delete files["frame.html"];
  frame.addEventListener("load", () => {
    frame.contentWindow.postMessage({ listed, files }, "*", Object.values(files));
  }, { once: true });
  frame.srcdoc = german ? words.replace('<html lang="en">', '<html lang="de">') : words;
  document.getElementById("loading").replaceWith(frame);
}

async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return;
  const kept = await navigator.serviceWorker.register("sw.js");
  const offer = () => {
    if (kept.waiting && navigator.serviceWorker.controller) {
      document.getElementById("newer").hidden = false;
    }
  };
  offer();
  kept.addEventListener("updatefound", () => {
    kept.installing.addEventListener("statechange", offer);
  });
  document.getElementById("renew").addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    kept.waiting.postMessage("now");
  });
}

load().then(shut).catch((trouble) => {
  progress.hidden = true;
  state.textContent = said("The page could not be loaded: {0}. Nothing was looked at. Reload it, or try again later.").replace("{0}", trouble.message);
});
// Kept as well as it can be: without a place to keep it, the page works as long as it is online.
keepForOffline().catch(() => undefined);
