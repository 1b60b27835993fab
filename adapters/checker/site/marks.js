// Codes that machines read, and faces. What a code gives away is decided in Python.
"use strict";

const SIDE = 640;
const SURE_FACE = 0.85;
const SAME_FACE = 0.3;

let zxing;

async function openCodes(files) {
  const address = URL.createObjectURL(new Blob([files["zxing.js"]], { type: "text/javascript" }));
  importScripts(address);
  URL.revokeObjectURL(address);
  zxing = globalThis.ZXingWASM;
  await zxing.prepareZXingModule({ overrides: { wasmBinary: files["zxing.wasm"] }, fireImmediately: true });
}

async function codes(image) {
  const { width, height } = image;
  const given = new ImageData(new Uint8ClampedArray(image.data.buffer, image.data.byteOffset, image.data.length), width, height);
  const read = await zxing.readBarcodes(given);
  return read.map(({ text, format, isValid, position }) => {
    const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
    const xs = corners.map((one) => one.x);
    const ys = corners.map((one) => one.y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const linear = !["QR", "MATRIX", "AZTEC", "PDF417", "MAXI"].some((name) => format.toUpperCase().includes(name));
    return { text, form: format, valid: isValid, box, whole: wholeCode(image, box, linear) };
  });
}

// The whole code with its edge; of a linear code only a few rows were reported.
function wholeCode({ width, height, data }, [x0, top, x1, bottom], linear) {
  let [y0, y1] = [top, bottom];
  const [left, right] = [Math.max(0, x0), Math.min(width, x1)];
  const row = (y) => {
    const out = new Float64Array(right - left);
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 4;
      out[x - left] = (data[at] + data[at + 1] + data[at + 2]) / 3;
    }
    const mean = out.reduce((sum, one) => sum + one, 0) / out.length;
    return out.map((one) => one - mean);
  };
  if (linear && right - left > y1 - y0) {
    const model = row(Math.min(height - 1, Math.max(0, Math.floor((y0 + y1) / 2))));
    const long = Math.hypot(...model);
    const same = (y) => {
      const other = row(y);
      const size = long * Math.hypot(...other);
      return size > 1 && other.reduce((sum, one, at) => sum + one * model[at], 0) / size > 0.5;
    };
    while (y0 > 0 && same(y0 - 1)) y0 -= 1;
    while (y1 < height - 1 && same(y1 + 1)) y1 += 1;
  }
  const more = Math.max(4, Math.round(0.08 * Math.max(x1 - x0, y1 - y0)));
  return [Math.max(0, x0 - more), Math.max(0, y0 - more), Math.min(width, x1 + more), Math.min(height, y1 + more)];
}

// Faces as [x, y, width, height, how sure]. The network sees a square; the picture lies in its corner.
async function faces(models, image) {
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  const width = Math.max(16, Math.round(image.width * scale));
  const height = Math.max(16, Math.round(image.height * scale));
  const small = scale < 1 ? resized(image, width, height, true) : image;
  const size = SIDE * SIDE;
  const sheet = new Float32Array(3 * size);
  for (let colour = 0; colour < 3; colour += 1) {
    for (let y = 0; y < small.height; y += 1) {
      for (let x = 0; x < small.width; x += 1) {
        sheet[colour * size + y * SIDE + x] = small.data[(y * small.width + x) * 4 + 2 - colour];
      }
    }
  }
  const told = await models.faces(sheet, SIDE);
  const found = [];
  for (const step of [8, 16, 32]) {
    const across = SIDE / step;
    const [sure, thing, box] = ["cls", "obj", "bbox"].map((name) => told[`${name}_${step}`].data);
    for (let at = 0; at < sure.length; at += 1) {
      const score = Math.sqrt(clamped(sure[at]) * clamped(thing[at]));
      if (score < SURE_FACE) continue;
      const wide = Math.exp(box[at * 4 + 2]) * step;
      const high = Math.exp(box[at * 4 + 3]) * step;
      const x = ((at % across) + box[at * 4]) * step - wide / 2;
      const y = (Math.floor(at / across) + box[at * 4 + 1]) * step - high / 2;
      found.push([x, y, wide, high, score]);
    }
  }
  found.sort((one, two) => two[4] - one[4]);
  const kept = [];
  for (const one of found) if (kept.every((other) => shared(one, other) <= SAME_FACE)) kept.push(one);
  return kept.map(([x, y, wide, high, score]) => [x / scale, y / scale, wide / scale, high / scale, score]);
}

function clamped(value) {
  return Math.min(1, Math.max(0, value));
}

function shared(one, two) {
  const wide = Math.min(one[0] + one[2], two[0] + two[2]) - Math.max(one[0], two[0]);
  const high = Math.min(one[1] + one[3], two[1] + two[3]) - Math.max(one[1], two[1]);
  if (wide <= 0 || high <= 0) return 0;
  return (wide * high) / (one[2] * one[3] + two[2] * two[3] - wide * high);
}
