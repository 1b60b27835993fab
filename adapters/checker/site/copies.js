// Writes the covered copy from nothing but pixels: a PNG, or a GIF of several frames. Both carry the mark.
"use strict";

const MARK = "Introducer checker page";

let gif; // the library that packs a GIF

async function openCopies(files) {
  gif = await loaded(files["gif.mjs"]);
}

function covered({ width, height, data }, boxes) {
  const out = new Uint8ClampedArray(data);
  for (const [x0, y0, x1, y1] of boxes) {
    const left = Math.max(0, Math.floor(x0));
    const right = Math.min(width, Math.ceil(x1));
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y += 1) {
      for (let x = left; x < right; x += 1) out.set([0, 0, 0, 255], (y * width + x) * 4);
    }
  }
  return out;
}

// Bytes, kind, and the copy as a source: the file that was written, opened again.
async function written(source, boxes) {
  return source.count === 1 ? onePicture(source, boxes) : severalFrames(source, boxes);
}

async function onePicture(source, boxes) {
  const [width, height] = source.size;
  const data = covered(await source.frame(0), boxes);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const bytes = bare(new Uint8Array(await blob.arrayBuffer()));
  const image = await decoded(new Blob([bytes], { type: "image/png" }));
  same(image.data, data);
  return { bytes, kind: "png", copy: still(image) };
}

function same(one, two) {
  if (one.some((value, at) => value !== two[at])) throw new Error("the copy is not what was painted");
}

async function severalFrames(source, boxes) {
  const [width, height] = source.size;
  const pen = gif.GIFEncoder();
  const exact = [];
  for (let at = 0; at < source.count; at += 1) {
    const data = covered(await source.frame(at), boxes);
    const { index, palette, all } = indexed(data);
    if (all) exact.push([at, data]);
    pen.writeFrame(index, width, height, { palette, delay: source.delays[at] ?? 100 });
  }
  pen.finish();
  const plain = pen.bytes();
  const mark = new TextEncoder().encode(MARK);
  const bytes = new Uint8Array(plain.length + mark.length + 4);
  bytes.set(plain.subarray(0, plain.length - 1)); // the mark goes in front of the last byte, as a comment
  bytes.set([0x21, 0xfe, mark.length, ...mark, 0, 0x3b], plain.length - 1);
  const copy = await animation(bytes.buffer, "gif", source.count);
  for (const [at, data] of exact.length ? [exact[0], exact[exact.length - 1]] : []) same((await copy.frame(at)).data, data);
  return { bytes, kind: "gif", copy };
}

// The exact colours where there are at most 256; else the best 256.
function indexed(data) {
  const places = new Map();
  const palette = [];
  const index = new Uint8Array(data.length / 4);
  for (let at = 0; at < index.length; at += 1) {
    const colour = (data[at * 4] << 16) | (data[at * 4 + 1] << 8) | data[at * 4 + 2];
    let place = places.get(colour);
    if (place === undefined) {
      if (palette.length === 256) {
        const best = gif.quantize(data, 256);
        return { index: gif.applyPalette(data, best), palette: best, all: false };
      }
      place = palette.push([data[at * 4], data[at * 4 + 1], data[at * 4 + 2]]) - 1;
      places.set(colour, place);
    }
    index[at] = place;
  }
  return { index, palette, all: true };
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
