// How a picture is looked at for text: the twin of bot/identifiers/pictures/looking.py, which says why.
// `models` has two functions: ink(picture) and read(strips). What a line means is decided in Python.
"use strict";

const QUICK = 736;
const SMALL = 900;
const DETAIL = 1100;
const CLOSE = 1280;
const AREA = 850000;
const STARK = 110;
const SPECKS = 40;
const LEAST_STEP = 16;
const MOST_SPOTS = 6;
const MARGIN = 0.16;
const EASY = 0.85;
const TURNED = 0.8;
const LETTER_SURE = 0.9;
const READABLE = 0.5;
const FAINT_INK = 40;
const FAINT_SCORE = 0.8;
const STEP = 32;
const BATCH = 6;

async function find(models, image, longSide) {
  const scale = longSide / Math.max(image.width, image.height);
  const width = Math.max(STEP, Math.round((image.width * scale) / STEP) * STEP);
  const height = Math.max(STEP, Math.round((image.height * scale) / STEP) * STEP);
  const ink = await models.ink(resized(image, width, height, scale < 0.6));
  return outlines(ink, width, height).map((quad) =>
    quad.map(([x, y]) => [(x * image.width) / width, (y * image.height) / height]));
}

// What stands in the boxes; a box in which nothing can be read gives an empty text.
async function read(models, image, quads, turned = false) {
  const strips = quads.map((quad) => strip(image, quad, turned));
  const order = strips.map((_, at) => at).sort((one, two) => strips[one].width - strips[two].width);
  const lines = [];
  for (let start = 0; start < order.length; start += BATCH) {
    const chunk = order.slice(start, start + BATCH);
    const widest = Math.max(...chunk.map((at) => strips[at].width));
    const width = Math.max(64, Math.ceil(widest / 16) * 16);
    const size = HEIGHT * width;
    const sheets = new Float32Array(chunk.length * 3 * size);
    chunk.forEach((at, row) => {
      const one = strips[at];
      for (let line = 0; line < 3 * HEIGHT; line += 1) {
        sheets.set(one.sheet.subarray(line * one.width, (line + 1) * one.width), row * 3 * size + line * width);
      }
    });
    const read = await models.read(sheets, chunk.length, width);
    chunk.forEach((at, row) => {
      const { text, score, steps, count } = read[row];
      const letters = Array.from(text);
      const lead = letters.length - Array.from(text.trimStart()).length;
      const kept = Array.from(text.trim());
      const scale = width / count / strips[at].width;
      const level = !turned && upright(quads[at]);
      const places = level ? steps.slice(lead, lead + kept.length).map((one) => Math.min(1, (one + 0.5) * scale)) : [];
      lines[at] = { text: kept.join(""), score, quad: quads[at], places };
    });
  }
  return lines;
}

// As they stand, and upside down where that gave nothing that is easy to read.
async function eitherWay(models, image, quads) {
  const lines = await read(models, image, quads);
  const hard = quads.filter((_, at) => !lines[at].text || lines[at].score < EASY);
  const others = hard.length ? await read(models, image, hard, true) : [];
  for (const other of others) {
    const at = quads.indexOf(other.quad);
    const old = lines[at];
    const better = !old.text || other.score > old.score + 0.1;
    if (other.score >= TURNED && other.text.length >= 3 && better) lines[at] = other;
  }
  return lines;
}

// What was hard to read is read again from a copy with more contrast.
async function readTwice(models, image, quads) {
  const lines = await eitherWay(models, image, quads);
  const weak = lines.filter((line) => line.text && line.score < EASY);
  if (!weak.length) return lines;
  const slimmer = weak.map(({ quad }) => {
    const [x, y] = centre(quad);
    return quad.map((one) => [x + (one[0] - x) * 0.97, y + (one[1] - y) * 0.97]);
  });
  const again = await read(models, stretched(image), slimmer);
  weak.forEach((old) => {
    const [x, y] = centre(old.quad);
    for (const other of again) {
      const [ox, oy] = centre(other.quad);
      if (other.text && Math.max(Math.abs(x - ox), Math.abs(y - oy)) < 2 && other.score > lines[lines.findIndex((one) => one.quad === old.quad)].score) {
        lines[lines.findIndex((one) => one.quad === old.quad)] = { ...other, quad: old.quad };
      }
    }
  });
  return lines;
}

function centre(quad) {
  return [0, 1].map((axis) => quad.reduce((sum, one) => sum + one[axis], 0) / 4);
}

function box(line) {
  const xs = line.quad.map((one) => one[0]);
  const ys = line.quad.map((one) => one[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// An organ in which the reader sees one huge letter: no line.
function organ(line, height) {
  const [x0, y0, x1, y1] = box(line);
  const huge = Math.min(x1 - x0, y1 - y0) > Math.max(64, height / 6);
  return huge && line.score < LETTER_SURE && Array.from(line.text).length < 4;
}

// Every reading of every line, the windows that were already looked at closely, and the boxes in which
// something stands that could not be read.
async function look(models, image) {
  const { width, height } = image;
  const all = await readTwice(models, image, await find(models, image, firstSide(image)));
  let lines = all.filter((line) => line.text && !organ(line, height));
  if (Math.max(width, height) > 2200) lines.push(...(await tiles(models, image)));
  let windows = spots(unexplained(image, lines, STARK), width, height);
  if (windows.length > MOST_SPOTS) {
    lines.push(...plain(await borders(models, image)));
    windows = [[0, 0, width, height]];
  } else if (windows.length) {
    lines.push(...plain(await inSpots(models, image, windows)));
  }
  const unread = all.filter((line) => !line.text || line.score < READABLE).map(({ quad }) => quad);
  lines = lines.filter((line) => line.score >= READABLE && !organ(line, height));
  return { lines: await toTheirEnds(models, image, lines), windows, unread };
}

// The long side in which a picture is first looked at.
function firstSide({ width, height }) {
  const longest = Math.max(width, height);
  if (longest > DETAIL) return Math.round(Math.min(CLOSE, longest, longest * Math.sqrt(AREA / (height * width))));
  return Math.round(Math.max(QUICK, Math.min(longest, QUICK * Math.sqrt(longest / Math.min(width, height)))));
}

// The lines with what a second look adds, before it is said that nothing was found.
async function lookCloser(models, image, before, windows) {
  const lines = [...before, ...(await faintly(models, image, before))];
  const unseen = unexplained(image, lines, null);
  for (const [x0, y0, x1, y1] of windows) {
    for (let y = y0; y < y1; y += 1) unseen.fill(0, y * image.width + x0, y * image.width + x1);
  }
  if (!unseen.includes(1)) return lines;
  return toTheirEnds(models, image, [...lines, ...plain(await borders(models, image))]);
}

// Print that differs from its ground by little, where something does that was not read.
async function faintly(models, image, lines) {
  const { width, height } = image;
  const { shown, far } = turnedUp(image);
  const seen = coveredBy(image, lines);
  if (faintPlaces(far, seen, width, height) < FAINT_INK) return [];
  const quads = (await find(models, shown, firstSide(image))).filter((quad) => {
    const [x, y] = centre(quad).map(Math.trunc);
    return !seen[Math.min(y, height - 1) * width + Math.min(x, width - 1)];
  });
  const found = await read(models, shown, quads.map((quad) => grownToInk(quad, far, width, height)));
  return plain(found).filter((line) => line.score >= FAINT_SCORE);
}

// Lines whose print hardly stands out, as long as their ink.
async function toTheirEnds(models, image, lines) {
  const weak = lines.filter((line) => hardlyStandsOut(image, line.quad));
  if (!weak.length) return lines;
  const { shown, far } = turnedUp(image);
  const longer = weak.map(({ quad }) => grownToInk(quad, far, image.width, image.height));
  const places = weak.map((_, at) => at).filter((at) => longer[at] !== weak[at].quad);
  const again = await read(models, shown, places.map((at) => longer[at]));
  const ended = new Map(places.map((at, one) => [weak[at], inLonger(weak[at], longer[at], again[one])]));
  return lines.map((line) => ended.get(line) ?? line);
}

// What a line says is read anew only where that adds letters to it.
function inLonger(line, quad, other) {
  const letters = (text) => text.replace(/\s+/gu, "");
  if (other.text && other.score >= FAINT_SCORE && letters(other.text).includes(letters(line.text))) return other;
  return { text: line.text, score: line.score, quad, places: [] };
}

// Where a line was read, as a mask.
function coveredBy(image, lines) {
  const { width, height } = image;
  const seen = new Uint8Array(width * height);
  for (const line of lines) {
    if (organ(line, height)) continue;
    const [x0, y0, x1, y1] = box(line).map(Math.trunc);
    const [from, to] = [Math.max(0, x0 - 6), Math.min(width, x1 + 6)];
    for (let y = Math.max(0, y0 - 6); y < Math.min(height, y1 + 6); y += 1) {
      if (to > from) seen.fill(1, y * width + from, y * width + to);
    }
  }
  return seen;
}

function plain(lines) {
  return lines.filter((line) => line.score >= 0.7 && Array.from(line.text).length >= 3);
}

// Where the borders have print-like edges although no line was read there, as a mask.
function unexplained(image, lines, stark) {
  const { width, height } = image;
  const margin = Math.max(48, Math.trunc(height * MARGIN));
  const one = grey(image);
  const bands = margin * 2 >= height ? [[0, height]] : [[0, margin], [height - margin, height]];
  const steps = bands.map(([top, end]) => slopes(one, top, end));
  let least = stark;
  if (least === null) {
    const counts = new Int32Array(256);
    for (const band of steps) for (const step of band) counts[step] += 1;
    least = Math.max(LEAST_STEP, 2 * median(counts));
  }
  const steep = new Uint8Array(width * height);
  bands.forEach(([top], at) => {
    steps[at].forEach((step, place) => {
      if (step > least) steep[top * width + place] = 1;
    });
  });
  coveredBy(image, lines).forEach((one, at) => {
    if (one) steep[at] = 0;
  });
  return dense(steep, width, height, bands);
}

function median(counts) {
  const total = counts.reduce((sum, one) => sum + one, 0);
  const at = (place) => {
    let sum = 0;
    return counts.findIndex((one) => (sum += one) > place);
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

// Print comes in clusters: specks of noise far from one another do not count.
function dense(steep, width, height, bands) {
  const mirrored = (at, end) => Math.min(end - 1, Math.max(0, at < 0 ? -at : at >= end ? 2 * end - 2 - at : at));
  const out = new Uint8Array(steep.length);
  for (const [top, end] of bands) {
    const sums = new Int32Array(width);
    const add = (y, sign) => {
      const from = mirrored(y, height) * width;
      for (let x = 0; x < width; x += 1) if (steep[from + x]) sums[x] += sign;
    };
    for (let y = top - 6; y < top + 5; y += 1) add(y, 1);
    for (let y = top; y < end; y += 1) {
      add(y + 5, 1);
      let sum = 0;
      for (let x = -12; x < 11; x += 1) sum += sums[mirrored(x, width)];
      for (let x = 0; x < width; x += 1) {
        sum += sums[mirrored(x + 11, width)];
        if (sum > SPECKS && steep[y * width + x]) out[y * width + x] = 1;
        sum -= sums[mirrored(x - 12, width)];
      }
      add(y - 6, -1);
    }
  }
  return out;
}

// Windows around the clusters, wide enough for the rest of the word.
function spots(mask, width, height) {
  if (!mask.includes(1)) return [];
  return pieces(grown(mask, width, height, 30, 30, 8, 8), width, height).map(({ x0, y0, x1, y1 }) => [
    Math.max(0, x0 - 24), Math.max(0, y0 - 12), Math.min(width, x1 + 25), Math.min(height, y1 + 13),
  ]);
}

async function inSpots(models, image, windows) {
  const vivid = turnedOver(stretched(image));
  const found = [];
  for (const [x0, y0, x1, y1] of windows) {
    const part = cropped(vivid, x0, y0, x1, y1);
    const quads = await find(models, part, Math.min(1056, 2 * Math.max(x1 - x0, y1 - y0)));
    found.push(...(await eitherWay(models, vivid, quads.map((quad) => moved(quad, x0, y0)))));
  }
  return found;
}

function moved(quad, x, y) {
  return quad.map((one) => [one[0] + x, one[1] + y]);
}

async function tiles(models, image) {
  const found = [];
  const [step, size] = [1100, 1280];
  for (let top = 0; top < Math.max(1, image.height - (size - step)); top += step) {
    for (let left = 0; left < Math.max(1, image.width - (size - step)); left += step) {
      const piece = cropped(image, left, top, Math.min(image.width, left + size), Math.min(image.height, top + size));
      const quads = await find(models, piece, Math.max(piece.width, piece.height));
      for (const line of await eitherWay(models, piece, quads)) {
        if (line.text) found.push({ ...line, quad: moved(line.quad, left, top) });
      }
    }
  }
  return found;
}

// Upper and lower strip on one sheet, contrast stretched, dark on light turned over.
async function borders(models, image) {
  const { width, height } = image;
  const margin = Math.max(48, Math.trunc(height * MARGIN));
  if (height < 3 * margin) return [];
  const both = below(cropped(image, 0, 0, width, margin), cropped(image, 0, height - margin, width, height));
  const sheet = turnedOver(stretched(both));
  const quads = await find(models, sheet, Math.trunc(Math.min(1056, width * Math.min(1.6, Math.max(1, SMALL / width)))));
  const found = [];
  for (const line of await eitherWay(models, sheet, quads)) {
    const [, y0, , y1] = box(line);
    if (y0 < margin && margin < y1 && Math.min(margin - y0, y1 - margin) > 0.3 * (y1 - y0)) continue;
    const shift = (y0 + y1) / 2 < margin ? 0 : height - 2 * margin;
    found.push({ ...line, quad: moved(line.quad, 0, shift) });
  }
  return found;
}
