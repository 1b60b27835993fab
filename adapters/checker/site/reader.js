// Opens pictures and looks at them, in a worker of the locked frame: no page to touch, no network.
// Speaks in messages: { id, do, ... } in, { id, answer } or { id, trouble } out. Behind the other parts in
// one file.
"use strict";

let models;
let original; // the file as it was handed over
let seen; // what was looked at last: the original, or a copy with boxes

function addressed(code) {
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

async function loaded(code) {
  const address = addressed(code);
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function open(files, threads) {
  models = await session(files, threads);
  await openCodes(files);
  await openClips(files);
  await openCopies(files);
}

// The page around the worker has a decoder that workers in a locked frame are not given.
const wishes = new Map();
let lastWish = 0;

function wantFromPage(wish, handedOver = []) {
  return new Promise((resolve, reject) => {
    lastWish += 1;
    wishes.set(lastWish, { resolve, reject });
    self.postMessage({ ...wish, wanted: lastWish }, handedOver);
  });
}

function granted({ wanted, answer, trouble }) {
  const wish = wishes.get(wanted);
  wishes.delete(wanted);
  if (trouble === undefined) wish.resolve(answer);
  else wish.reject(new Error(trouble));
}

async function decode(asked) {
  original = seen = await opened(asked);
  return { size: seen.size, count: seen.count, notes: seen.notes, shown: await shown(await seen.frame(0)) };
}

// A frame for the screen; the worker keeps the pixels.
function shown({ width, height, data }) {
  return createImageBitmap(new ImageData(new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width, height), BLANK);
}

async function frame({ at }) {
  return { shown: await shown(await original.frame(at)) };
}

async function lookAt() {
  const { groups, busy } = await grouped(seen);
  seen.looked = [];
  const told = [];
  for (const frames of groups) {
    const middle = frames[Math.floor(frames.length / 2)];
    const image = await seen.frame(middle);
    const { lines, windows, unread } = await look(models, image);
    seen.looked.push({ middle, lines, windows });
    told.push({ lines, unread, codes: await codes(image), faces: await faces(models, image) });
  }
  const planes = [];
  for (const plane of seen.planes ?? []) planes.push({ lines: (await look(models, plane)).lines });
  return { size: seen.size, count: seen.count, groups: told, planes, busy, notes: seen.notes, fields: seen.fields ?? [] };
}

// For each group that is asked for: the lines that a second look adds.
async function closer({ groups }) {
  const more = [];
  for (const { group, places } of groups) {
    const { middle, lines, windows } = seen.looked[group];
    more.push([group, await lookCloser(models, await seen.frame(middle), places.map((at) => lines[at]), windows)]);
  }
  return more;
}

async function cover({ boxes }) {
  const { bytes, kind, copy } = await written(original, boxes);
  seen = copy;
  return { bytes, kind };
}

function forget() {
  original = seen = undefined;
  return wantFromPage({ want: "shut frames" });
}

// Threads need memory that workers share, which a browser lends only to a page that is isolated from others.
async function session(files, threads) {
  const address = addressed(files["ort.mjs"]); // each thread starts from it once more
  const ort = await import(address);
  const Whole = self.Worker;
  self.Worker = Thread;
  ort.env.wasm.numThreads = threads > 1 && (await shareMemory()) ? threads : 1;
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
  const face = await made("faces.onnx");
  self.Worker = Whole;
  URL.revokeObjectURL(address);
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
    async faces(sheet, side) {
      return face.run({ input: new ort.Tensor("float32", sheet, [1, 3, side, side]) });
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

const DOES = { open: ({ files, threads }) => open(files, threads), decode, frame, look: lookAt, closer, cover, forget };

self.onmessage = async ({ data }) => {
  if (data.wanted !== undefined && data.do === undefined) {
    granted(data);
    return;
  }
  try {
    const answer = await DOES[data.do](data);
    self.postMessage({ id: data.id, answer }, answer?.shown ? [answer.shown] : []);
  } catch (trouble) {
    const refused = trouble instanceof Refused;
    self.postMessage({ id: data.id, trouble: refused ? trouble.message : "Error", refused });
  }
};
