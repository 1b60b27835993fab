// Opens files. A source is { count, size, delays, notes, frame(at) }: pictures of one size, each given as
// { width, height, depth: 4, data }. What a file means is decided in Python.
"use strict";

const MOST_PIXELS = 24000000;
const MOST_FRAMES = 600;
const MOST_TOTAL = 400000000;
const BLANK = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
const TOO_LARGE = "The picture is too large for this page.";
const DAMAGED = "The file is damaged or not complete: it could not be read.";
const NOT_HERE =
  "This browser cannot open this kind of file. Use `case check` in the chat, or `python -m bot scan` on your own computer.";
const SEE_THROUGH = "Parts of the picture are see-through: what they hide was not looked at; the copy leaves it out.";
const SOME_OPEN = ["tiff", "heif", "avif"]; // kinds that only some browsers open

class Refused extends Error {
  name = "Refused";
}

async function opened({ bytes, form, count, drawn, frames }) {
  if (drawn) return films(drawn, frames);
  if (form === "video") return clip(bytes);
  if (count > 1) return animation(bytes, form, count);
  try {
    return still(await decoded(new Blob([bytes], { type: `image/${form}` })));
  } catch (trouble) {
    if (trouble instanceof Refused && trouble.message === DAMAGED && SOME_OPEN.includes(form)) throw new Refused(NOT_HERE);
    throw trouble;
  }
}

function still(image) {
  return {
    count: 1, size: [image.width, image.height], delays: [100], notes: image.through ? [SEE_THROUGH] : [], frame: async () => image,
  };
}

// Pixels of a file, upright, in their own values; see-through parts laid on black, as nothing else.
async function decoded(blob) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob, BLANK);
  } catch {
    throw new Refused(DAMAGED);
  }
  return flat(bitmap, bitmap.width, bitmap.height);
}

function flat(picture, width, height) {
  if (width * height > MOST_PIXELS) throw new Refused(TOO_LARGE);
  const canvas = new OffscreenCanvas(width, height);
  const paper = canvas.getContext("2d", { willReadFrequently: true, colorSpace: "srgb" });
  paper.drawImage(picture, 0, 0);
  picture.close();
  const { data } = paper.getImageData(0, 0, width, height);
  canvas.width = canvas.height = 0; // its memory goes now and not when somebody clears up
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

function checked(count, width, height) {
  if (width * height > MOST_PIXELS || count > MOST_FRAMES || count * width * height > MOST_TOTAL) throw new Refused(TOO_LARGE);
}

// A file of several frames. `count` is what its own fields say, and has to be what is there.
async function animation(bytes, form, count) {
  let begun;
  try {
    begun = await wantFromPage({ want: "open frames", bytes, type: `image/${form}` });
  } catch (trouble) {
    // Without such a decoder no copy of several frames could be opened and looked at again, either.
    throw new Refused(trouble.message === "ReferenceError" ? NOT_HERE : DAMAGED);
  }
  const { number, size } = begun;
  checked(count, ...size);
  if (begun.count !== count) throw new Refused(DAMAGED);
  const source = { count, size, delays: [], notes: [] };
  source.frame = async (at) => {
    const { shown, delay } = await wantFromPage({ want: "one frame", number, at });
    source.delays[at] = delay;
    const one = flat(shown, ...size);
    if (one.through) source.notes = [SEE_THROUGH];
    return one;
  };
  return source;
}

// The pictures of a DICOM file, as Python described them.
function films(drawn, frames) {
  const { width, height, count, pause } = drawn;
  checked(count, width, height);
  const frame = async (at) => {
    if (!drawn.jpeg) return painted(drawn, frames[at]);
    const image = await decoded(new Blob([frames[at]], { type: "image/jpeg" }));
    if (image.width !== width || image.height !== height) throw new Refused(DAMAGED);
    if (drawn.kind === "MONOCHROME1") image.data.forEach((one, place) => { if (place % 4 !== 3) image.data[place] = 255 - one; });
    return image;
  };
  const planes = drawn.planes.map(([wide, high], at) => bits(wide, high, frames[count + at]));
  return { count, size: [width, height], delays: Array(count).fill(pause), notes: [], frame, planes };
}

// White on black, a bit for each place.
function bits(width, height, bytes) {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    data.fill((bytes[at >> 3] >> (at & 7)) & 1 ? 255 : 0, at * 4, at * 4 + 3);
  }
  return { width, height, depth: 4, data };
}

// Stored values as numbers; bits that are not in use are left out.
function values({ bits: wide, stored, signed, big }, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const spare = 32 - stored;
  const read = {
    8: (at) => view.getUint8(at),
    16: (at) => view.getUint16(at * 2, !big),
    32: (at) => view.getUint32(at * 4, !big),
  }[wide];
  return signed ? (at) => (read(at) << spare) >> spare : (at) => (read(at) << spare) >>> spare;
}

// As a viewer would show it: deep grey through the window of the file, palettes resolved. The twin of
// `_shown` in bot/identifiers/pictures/dicom.py.
function painted(drawn, bytes) {
  const { width, height, kind, low, high, palette, planar } = drawn;
  const size = width * height;
  const value = values(drawn, bytes);
  const data = new Uint8Array(size * 4).fill(255);
  const plain = drawn.bits === 8 && drawn.stored === 8 && !drawn.signed;
  if (palette) {
    const last = palette.colours[0].length - 1;
    for (let at = 0; at < size; at += 1) {
      const entry = Math.min(last, Math.max(0, value(at) - palette.first));
      for (let one = 0; one < 3; one += 1) data[at * 4 + one] = palette.colours[one][entry];
    }
  } else if (drawn.samples === 3) {
    const most = plain ? 255 : 2 ** drawn.stored - 1;
    const part = plain ? 1 : Math.fround(255 / most);
    for (let at = 0; at < size; at += 1) {
      const [one, two, three] = [0, 1, 2].map((colour) => value(planar ? colour * size + at : at * 3 + colour));
      const [red, green, blue] = kind === "YBR_FULL" ? mixed(one, two, three, (most + 1) / 2, most) : [one, two, three];
      data[at * 4] = Math.trunc(Math.fround(red * part));
      data[at * 4 + 1] = Math.trunc(Math.fround(green * part));
      data[at * 4 + 2] = Math.trunc(Math.fround(blue * part));
    }
  } else {
    const span = Math.max(high - low, 1e-6);
    for (let at = 0; at < size; at += 1) {
      const stored = value(at);
      let grey = plain ? stored : Math.trunc(Math.min(255, Math.max(0, Math.fround(Math.fround(Math.fround(stored - low) / span) * 255))));
      if (kind === "MONOCHROME1") grey = 255 - grey;
      data.fill(grey, at * 4, at * 4 + 3);
    }
  }
  return { width, height, depth: 4, data };
}

// Red, green and blue from brightness and two differences.
function mixed(light, cb, cr, middle, most) {
  const [blue, red] = [cb - middle, cr - middle];
  return [light + 1.402 * red, light - 0.344136286 * blue - 0.714136286 * red, light + 1.772 * blue].map((one) =>
    Math.min(most, Math.max(0, Math.round(one))));
}
