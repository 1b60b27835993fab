// Runs the project's Python on the text, in a worker of the locked frame: no page to touch, no network.
// Speaks in messages: { id, do: "open" | "look" | "replace", ... } in, { id, answer } or { id, trouble } out.
"use strict";

const held = new Map();
let python;

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
  python.look("Call 0151 4960123."); // the lists are read now and not while somebody waits
  held.clear();
}

function answered(asked) {
  switch (asked.do) {
    case "look":
      return JSON.parse(python.look(asked.text));
    case "replace":
      return python.replaced(asked.text, asked.kept);
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
