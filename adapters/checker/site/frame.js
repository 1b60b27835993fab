// What the reader sees and touches, inside the locked frame. Hands the text to the worker and shows what
// comes back; decides nothing about identifiers. After the first message nothing goes in or out.
"use strict";

delete globalThis.RTCPeerConnection; // the one way out that no policy covers
delete globalThis.webkitRTCPeerConnection;

const by = (id) => document.getElementById(id);
const HEADINGS = {
  block: "Do not post this as it is",
  warn: "Look at this before you post",
  nothing_found: "Nothing found",
};
const MEANINGS = {
  block: "Something here can tell who the patient is.",
  warn: "Something here may tell who the patient is, together with something else.",
  nothing_found:
    "That means only that: a rare story, a date in the posts around it or a familiar case can still tell who it is.",
};
const READS = ["ort.mjs", "ort.wasm", "detector.onnx", "reader.onnx", "letters.txt", "faces.onnx", "zxing.js", "zxing.wasm", "gif.mjs", "clip.mjs"];
// The bot's own words for them, where the name of the kind is none.
const KINDS = { mrn: "record number", accession: "accession number", account: "account number", ip: "network address",
  url: "web address", ssn: "social security number", zip: "postcode", city: "town", facility: "hospital or department",
  email: "e-mail address", phone: "telephone number", fax: "fax number", address: "postal address",
  other_id: "number that may lead to a person", health_id: "health insurance number",
  national_id: "national identity number", licence: "licence number", device_id: "device number",
  vehicle: "vehicle number", biometric: "biometric mark", gps: "place where it was taken",
  metadata: "hidden information in the file", unreadable: "part that could not be read" };

let engine; // the worker with Python
let reader; // the worker that opens pictures and reads print
let looked = null; // the text that the screen speaks of, with its findings

// Answers the function with which a worker is asked; each request waits for its own answer.
function asking(worker) {
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data }) => {
    if (data.want) {
      serve(worker, data);
      return;
    }
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.trouble === undefined) one?.resolve(data.answer);
    else one?.reject(Object.assign(new Error(data.trouble), { refused: data.refused }));
  };
  worker.onerror = () => {
    for (const one of waiting.values()) one.reject(new Error("the worker stopped"));
    waiting.clear();
  };
  return (request, handedOver = []) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ ...request, id: last }, handedOver);
  });
}

function ask(request, handedOver) {
  return engine(request, handedOver);
}

function askReader(request, handedOver) {
  return reader(request, handedOver);
}

function say(words) {
  by("state").textContent = words;
}

addEventListener("message", (event) => {
  if (event.source !== parent || engine) return;
  begin(event.data).catch(() => {
    say(say_("It could not be made ready in this browser. Nothing was looked at. A newer Chrome, Edge, Firefox or Safari may help."));
  });
});

function begun(files, name) {
  const source = new Blob([files[name]], { type: "text/javascript" });
  delete files[name];
  return asking(new Worker(URL.createObjectURL(source)));
}

async function begin({ listed, files }) {
  engine = begun(files, "worker.js");
  reader = begun(files, "reader.js");
  by("version").textContent = `Version ${listed.version}, ${listed.digest}.`;
  for (const [name, file] of Object.entries(listed.files)) {
    const row = by("hashes").insertRow();
    row.insertCell().textContent = name;
    row.insertCell().textContent = file.sha256;
  }
  const print = Object.fromEntries(READS.map((name) => [name, files[name]]));
  for (const name of READS) delete files[name];
  await Promise.all([
    ask({ do: "open", files }, Object.values(files)),
    askReader({ do: "open", files: print, threads: threads() }, Object.values(print)),
  ]);
  by("look").disabled = false;
  busy(false);
  say(say_("Ready. Nothing more is loaded: you can switch on airplane mode now."));
}

// Print is read on two to four threads. Phones and tablets of Apple run out of memory with more than one
// (microsoft/onnxruntime#11679), and some of them call themselves a Mac.
function threads() {
  const apple = /iPhone|iPad|Macintosh/u.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return apple ? 1 : Math.max(1, Math.min(4, navigator.hardwareConcurrency ?? 1));
}

// No form: a locked frame may send none. Ctrl+Enter does what the button does.
by("look").addEventListener("click", look);
by("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) look();
});

async function look() {
  const text = by("text").value;
  if (!text.trim()) {
    say(say_("There is no text yet. Paste one, then look through it."));
    by("text").focus();
    return;
  }
  if (by("look").disabled) return;
  by("look").disabled = true;
  say(say_("Looking."));
  try {
    const report = await ask({ do: "look", text });
    looked = { text, findings: report.findings, kept: new Set() };
    await show(report);
    say(say_("Looked through."));
  } catch {
    by("result").hidden = true;
    say(say_("It could not be looked through. Count it as not looked at. Reload the page to try again."));
  } finally {
    by("look").disabled = false;
  }
}

by("text").addEventListener("input", () => {
  if (looked !== null && by("text").value !== looked.text) {
    by("result").hidden = true;
    looked = null;
    say(say_("The text has changed. Look through it again."));
  }
});

by("empty").addEventListener("click", () => {
  by("text").value = "";
  by("replaced").value = "";
  by("marked").replaceChildren();
  by("list").replaceChildren();
  by("result").hidden = true;
  looked = null;
  forgetPicture();
  sayPicture("");
  say(say_("Empty."));
  by("text").focus();
});

async function show(report) {
  by("result").hidden = false;
  by("verdict").textContent = say_(HEADINGS[report.verdict]);
  by("verdict").dataset.verdict = report.verdict;
  by("meaning").textContent = say_(MEANINGS[report.verdict]);
  by("unchecked").hidden = report.not_checked.length === 0;
  by("unchecked").replaceChildren(...report.not_checked.map((why) => made("li", say_("Not looked at: {0}", say_(why)))));
  const any = looked.findings.length > 0;
  by("found").hidden = !any;
  by("instead").hidden = !any;
  by("list").replaceChildren(...looked.findings.map(listed));
  paint();
  await replace();
  by("verdict").focus();
}

function made(tag, words, className = "") {
  const element = document.createElement(tag);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

function listed(finding, at) {
  const item = document.createElement("li");
  const kind = say_(KINDS[finding.kind] ?? finding.kind.replaceAll("_", " "));
  item.append(made("strong", say_(finding.text ?? "")), ` (${kind})`, made("span", say_(finding.why), "why"));
  if (finding.suggestion === undefined) return item;
  const label = made("label", "", "pick");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  box.addEventListener("change", async () => {
    if (box.checked) looked.kept.delete(at);
    else looked.kept.add(at);
    paint();
    await replace();
  });
  label.append(box, say_("Write “{0}” instead", finding.suggestion));
  item.append(label);
  return item;
}

// Places are counted in whole characters, as Python counts them; JavaScript counts halves of some.
function paint() {
  const letters = Array.from(looked.text);
  const pieces = [];
  let at = 0;
  looked.findings.forEach((finding, number) => {
    if (finding.start === undefined || finding.start < at) return;
    pieces.push(letters.slice(at, finding.start).join(""));
    const kept = looked.kept.has(number) ? "kept" : "";
    pieces.push(made("mark", letters.slice(finding.start, finding.end).join(""), kept));
    at = finding.end;
  });
  pieces.push(letters.slice(at).join(""));
  by("marked").replaceChildren(...pieces);
}

async function replace() {
  const about = looked;
  const words = await ask({ do: "replace", text: about.text, kept: [...about.kept] });
  if (about === looked) by("replaced").value = words;
  by("copied").textContent = "";
}

by("copy").addEventListener("click", async () => {
  const field = by("replaced");
  let done;
  try {
    await navigator.clipboard.writeText(field.value);
    done = true;
  } catch {
    field.select();
    done = document.execCommand("copy"); // where a locked frame may not use the newer way
  }
  by("copied").textContent = say_(done ? "Copied." : "It is marked now; copy it with Ctrl+C or Cmd+C.");
});

// For whoever wants to see it: each way out is tried with a word that is no secret.
by("try").addEventListener("click", async () => {
  const away = "https://way-out.invalid/?word";
  const ways = {
    "a request": () => fetch(away),
    "an older kind of request": () => new Promise((yes, no) => {
      const one = new XMLHttpRequest();
      one.onload = yes;
      one.onerror = no;
      one.open("GET", away);
      one.send();
    }),
    "a beacon": () => refusedIf(!navigator.sendBeacon(away, "word")).then(violated),
    "a socket": () => new Promise((yes, no) => {
      const one = new WebSocket("wss://way-out.invalid/");
      one.onopen = yes;
      one.onerror = no;
    }),
    "a picture": () => new Promise((yes, no) => {
      const one = new Image();
      one.onload = yes;
      one.onerror = no;
      one.src = away;
    }),
    "a new window": () => refusedIf(open(away) === null),
    "a call between browsers": () => refusedIf(globalThis.RTCPeerConnection === undefined),
  };
  by("ways").replaceChildren();
  for (const [name, go] of Object.entries(ways)) {
    let says = "went through: do not use this page in this browser";
    try {
      await go();
    } catch {
      says = "refused";
    }
    by("ways").append(made("li", `${name}: ${says}`));
  }
});

// A beacon that the policy stops is reported by the policy alone.
function violated() {
  return new Promise((yes, no) => {
    setTimeout(yes, 1000);
    addEventListener("securitypolicyviolation", () => no(new Error("refused")), { once: true });
  });
}

async function refusedIf(refused) {
  if (refused) throw new Error("refused");
}
