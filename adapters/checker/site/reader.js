// Opens pictures and reads print, in a worker of the locked frame: no page to touch, no network.
// Speaks in messages: { id, do, ... } in, { id, answer } or { id, trouble } out. Behind pixels.js,
// outlines.js and looking.js in one file.
"use strict";

const MOST_PIXELS = 24000000;
const BLANK = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
const TOO_LARGE = "The picture is too large for this page.";
const DAMAGED = "The file is damaged or not complete: it could not be read.";
const SEE_THROUGH = "Parts of the picture are see-through: what they hide was not looked at; the copy leaves it out.";
const MARK = "Introducer checker page";

let models;
let original; // the picture as it was handed over
let seen; // the picture that was looked at last: the original, or a copy with boxes

async function open(files) {
  const address = URL.createObjectURL(new Blob([files["ort.mjs"]], { type: "text/javascript" }));
  const ort = await import(address);
  URL.revokeObjectURL(address);
  models = await session(ort, files, 1);
}

// Pixels of a file, upright, in their own values; see-through parts laid on black, as nothing else.
async function decoded(blob) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob, BLANK);
  } catch {
    throw new Refused(DAMAGED);
  }
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) throw new Refused(TOO_LARGE);
  const canvas = new OffscreenCanvas(width, height);
  const paper = canvas.getContext("2d", { willReadFrequently: true, colorSpace: "srgb" });
  paper.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = paper.getImageData(0, 0, width, height);
  let through = false;
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] === 255) continue;
    through = true;
    const part = data[at] / 255;
    for (let one = at - 3; one < at; one += 1) data[one] = Math.round(data[one] * part);
    data[at] = 255;
  }
  return { width, height, depth: 4, data: new Uint8Array(data.buffer), through };
}

class Refused extends Error {
  name = "Refused";
}

async function decode({ bytes, form }) {
  const image = await decoded(new Blob([bytes], { type: `image/${form}` }));
  original = seen = image;
  return { size: [image.width, image.height], notes: image.through ? [SEE_THROUGH] : [], shown: await shown(image) };
}

// The picture for the screen; the worker keeps the pixels.
function shown(image) {
  const data = new Uint8ClampedArray(image.data.buffer.slice(0));
  return createImageBitmap(new ImageData(data, image.width, image.height), BLANK);
}

async function lookAt() {
  const { lines, windows, unread } = await look(models, seen);
  seen.windows = windows;
  seen.lines = lines;
  return { size: [seen.width, seen.height], lines, unread, codes: [], faces: [], notes: [] };
}

async function closer({ places }) {
  return lookCloser(models, seen, places.map((at) => seen.lines[at]), seen.windows);
}

// A copy with black boxes, as a PNG of nothing but pixels and the mark; what is looked at next is that
// file, opened again.
async function cover({ boxes }) {
  const { width, height } = original;
  const data = new Uint8ClampedArray(original.data);
  for (const [x0, y0, x1, y1] of boxes) {
    const left = Math.max(0, Math.floor(x0));
    const right = Math.min(width, Math.ceil(x1));
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y += 1) {
      for (let x = left; x < right; x += 1) data.set([0, 0, 0, 255], (y * width + x) * 4);
    }
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const png = bare(new Uint8Array(await blob.arrayBuffer()));
  seen = await decoded(new Blob([png], { type: "image/png" }));
  if (seen.data.some((one, at) => one !== data[at])) throw new Error("the copy is not what was painted");
  return png;
}

// Only what makes up the picture stays of a PNG; the mark says that it came from here.
function bare(png) {
  const kept = [png.subarray(0, 8)];
  let at = 8;
  while (at < png.length) {
    const size = new DataView(png.buffer, png.byteOffset + at).getUint32(0) + 12;
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (["IHDR", "PLTE", "IDAT", "IEND"].includes(name)) kept.push(png.subarray(at, at + size));
    if (name === "IHDR") kept.push(chunk("tEXt", new TextEncoder().encode(`Software\0${MARK}`)));
    at += size;
  }
  const all = new Uint8Array(kept.reduce((sum, one) => sum + one.length, 0));
  kept.reduce((place, one) => {
    all.set(one, place);
    return place + one.length;
  }, 0);
  return all;
}

function chunk(name, content) {
  const made = new Uint8Array(content.length + 12);
  const view = new DataView(made.buffer);
  view.setUint32(0, content.length);
  made.set(new TextEncoder().encode(name), 4);
  made.set(content, 8);
  let sum = -1;
  for (const one of made.subarray(4, content.length + 8)) {
    sum ^= one;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  view.setUint32(content.length + 8, ~sum >>> 0);
  return made;
}

function forget() {
  original = seen = undefined;
}

async function session(ort, files, threads) {
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmBinary = files["ort.wasm"];
  ort.env.logLevel = "error";
  const made = (name) =>
    ort.InferenceSession.create(new Uint8Array(files[name]), {
      executionProviders: ["wasm"],
      enableCpuMemArena: false,
      graphOptimizationLevel: "all",
    });
  const detector = await made("detector.onnx");
  const reader = await made("reader.onnx");
  const letters = ["", ...Array.from(new TextDecoder().decode(files["letters.txt"]))];
  return {
    async ink({ width, height, depth, data }) {
      const size = width * height;
      const sheet = new Float32Array(3 * size);
      for (let colour = 0; colour < 3; colour += 1) {
        const add = depth === 1 ? 0 : 2 - colour;
        for (let at = 0; at < size; at += 1) sheet[colour * size + at] = data[at * depth + add] / 127.5 - 1;
      }
      const given = new ort.Tensor("float32", sheet, [1, 3, height, width]);
      return taken(await detector.run({ x: given })).data;
    },
    async read(sheets, count, width) {
      const given = new ort.Tensor("float32", sheets, [count, 3, HEIGHT, width]);
      const { data, dims } = taken(await reader.run({ x: given }));
      return spelled(data, dims, letters);
    },
  };
}

function taken(answer) {
  return Object.values(answer)[0];
}

// Of each step the surest letter; the same one twice in a row is one, a blank between makes it two.
function spelled(data, [count, steps, classes], letters) {
  const lines = [];
  for (let row = 0; row < count; row += 1) {
    let [text, sum, before] = ["", 0, 0];
    const places = [];
    for (let step = 0; step < steps; step += 1) {
      const from = (row * steps + step) * classes;
      let best = 0;
      for (let one = 1; one < classes; one += 1) if (data[from + one] > data[from + best]) best = one;
      if (best !== 0 && best !== before) {
        text += letters[best];
        sum += data[from + best];
        places.push(step);
      }
      before = best;
    }
    lines.push({ text, score: places.length ? sum / places.length : 0, steps: places, count: steps });
  }
  return lines;
}

const DOES = { open: ({ files }) => open(files), decode, look: lookAt, closer, cover, forget };

self.onmessage = async ({ data }) => {
  try {
    const answer = await DOES[data.do](data);
    self.postMessage({ id: data.id, answer }, answer?.shown ? [answer.shown] : []);
  } catch (trouble) {
    const refused = trouble instanceof Refused;
    self.postMessage({ id: data.id, trouble: refused ? trouble.message : "Error", refused });
  }
};
