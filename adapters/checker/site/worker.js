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
  // The sources, and beside them what the build has compiled from exactly these.
  for (const name of ["engine.zip", "compiled.zip"]) {
    for (const [place, content] of inside(held.get(name))) {
      const path = `/engine/${place}`;
      engine.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      engine.FS.writeFile(path, content);
    }
  }
  engine.runPython("import sys; sys.path.insert(0, '/engine')");
  python = engine.pyimport("adapters.checker.glue");
  pictures = engine.pyimport("adapters.checker.picture");
  python.look("Call 0151 4960123."); // the lists are read now and not while somebody waits
  python.forget();
  held.clear();
}

// The files of a zip in which nothing is packed, from its list of contents; Python's own way takes a second longer.
function* inside(zip) {
  const view = new DataView(zip);
  const end = zip.byteLength - 22; // of a zip without a comment
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const size = view.getUint32(at + 20, true);
    const [named, extra, said] = [28, 30, 32].map((one) => view.getUint16(at + one, true));
    const name = new TextDecoder().decode(new Uint8Array(zip, at + 46, named));
    const from = view.getUint32(at + 42, true);
    const content = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
    yield [name, new Uint8Array(zip, content, size)];
    at += 46 + named + extra + said;
  }
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
      python.forget();
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
