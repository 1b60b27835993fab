// Runs the project's Python on texts and on what was seen in pictures, in a worker of the locked frame: no page to touch, no network.
// Speaks in messages: { id, do, ... } in, { id, answer } or { id, trouble } out.
"use strict";

const held = new Map();
let python;
let pictures;
let picture; // the file that is looked at now

// The interpreter asks for its own parts by address; they were handed over, so nothing is fetched.
self.fetch = async (asked) => {
  const name = String(asked.url ?? asked).split("/").pop();
  const bytes = held.get(name);
  if (bytes === undefined) throw new TypeError("nothing is fetched here");
  const kind = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(bytes, { headers: { "Content-Type": kind } });
};

async function module(name) {
  const address = URL.createObjectURL(new Blob([held.get(name)], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function open(files) {
  for (const [name, bytes] of Object.entries(files)) held.set(name, bytes);
  const { loadPyodide } = await module("pyodide.mjs");
  const { default: createPyodideModule } = await module("pyodide.asm.mjs");
  const engine = await loadPyodide({
    indexURL: "https://engine.invalid/",
    lockFileContents: new TextDecoder().decode(held.get("pyodide-lock.json")),
    createPyodideModule,
    env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" },
  });
  engine.unpackArchive(new Uint8Array(held.get("engine.zip")), "zip", { extractDir: "/engine" });
  engine.runPython("import sys; sys.path.insert(0, '/engine')");
  python = engine.pyimport("adapters.checker.glue");
  pictures = engine.pyimport("adapters.checker.picture");
  python.look("Call 0151 4960123."); // the lists are read now and not while somebody waits
  held.clear();
}

// Copies of what Python holds as bytes.
function handed(pieces) {
  const all = pieces.toJs();
  pieces.destroy();
  return Array.from(all, (one) => new Uint8Array(one));
}

function answered(asked) {
  switch (asked.do) {
    case "look":
      return JSON.parse(python.look(asked.text));
    case "replace":
      return python.replaced(asked.text, asked.kept);
    case "picture":
      picture?.destroy();
      picture = pictures.Picture(asked.name, new Uint8Array(asked.bytes));
      return { ...JSON.parse(picture.begin()), frames: handed(picture.frames) };
    case "broken":
      return JSON.parse(picture.broken(asked.why));
    case "judge":
      return JSON.parse(picture[asked.closer ? "look_closer" : "look"](JSON.stringify(asked.told)));
    case "plan":
      return JSON.parse(picture.plan(JSON.stringify(asked.wish)));
    case "left":
      return JSON.parse(picture.left(JSON.stringify(asked.told), asked.closer, JSON.stringify(asked.wish)));
    case "forget":
      picture?.destroy();
      picture = undefined;
      return true;
    default:
      throw new Error("unknown request");
  }
}

self.onmessage = async ({ data }) => {
  try {
    const answer = data.do === "open" ? await open(data.files) : answered(data);
    self.postMessage({ id: data.id, answer });
  } catch (trouble) {
    self.postMessage({ id: data.id, trouble: String(trouble?.name ?? "Error") });
  }
};
