// Where faint print may stand: what stands out from its ground by little, but by more than noise. The twin
// of bot/identifiers/pictures/faint.py, which says why; a test compares both.
"use strict";

const GROUND = 31;
const AROUND = 97;
const QUIET = 0.8;
const STANDS_OUT = 2.6;
const GAIN = 26;
const FAINT_LEVELS = 32;
const LEAST_FAINT = 60;
const REACH = 20;
const MOST_SHARE = 0.35;
const SMOOTH = [-3, -2, -1, 0, 1, 2, 3].map((at) => Math.exp((-at * at) / (2 * 0.49)));
const WHOLE = SMOOTH.reduce((sum, one) => sum + one, 0);

function reflected(at, end) {
  if (end === 1) return 0;
  let place = at;
  while (place < 0 || place >= end) place = place < 0 ? -place : 2 * end - 2 - place;
  return place;
}

// The picture with each pixel measured by the unrest around it, as dark on light, and how far each stands
// out from its ground.
function turnedUp(image) {
  const plain = grey(image);
  const { width, height } = plain;
  const ground = middles(plain);
  const far = smoothed(plain);
  for (let at = 0; at < far.length; at += 1) far[at] -= ground[at];
  const shown = new Uint8Array(far.length);
  const unrest = (at) => Math.min(Math.abs(far[at]), 24); // stark print must not hide the faint beside it
  eachSum(unrest, width, height, AROUND, AROUND, (y, sums) => {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      far[at] /= Math.fround(sums[x]) / (AROUND * AROUND) + QUIET;
      shown[at] = Math.max(0, 128 - GAIN * Math.abs(far[at]));
    }
  });
  return { shown: { width, height, depth: 1, data: shown }, far };
}

// Rows that are made once and kept as long as a window of so many rows may ask for them: whole ones, of a
// picture of twelve megapixels, would take more memory than everything else.
function rowsOf(Kind, width, height, high, made) {
  const kept = Array.from({ length: Math.min(height, high + 1) }, () => new Kind(width));
  const holds = kept.map(() => -1);
  return (y) => {
    const at = reflected(y, height);
    const place = at % kept.length;
    if (holds[place] !== at) {
      made(kept[place], at * width);
      holds[place] = at;
    }
    return kept[place];
  };
}

function smoothed({ width, height, data }) {
  const across = rowsOf(Float32Array, width, height, 7, (row, from) => {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let one = 0; one < 7; one += 1) {
        const at = x + one - 3;
        sum += SMOOTH[one] * data[from + (at >= 0 && at < width ? at : reflected(at, width))];
      }
      row[x] = sum / WHOLE;
    }
  });
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let one = 0; one < 7; one += 1) {
      const row = across(y + one - 3);
      const part = SMOOTH[one] / WHOLE;
      for (let x = 0; x < width; x += 1) out[y * width + x] += part * row[x];
    }
  }
  return out;
}

// The middle value of the window around each pixel; beyond the edge its pixels go on.
function middles({ width, height, data }) {
  const half = (GROUND - 1) / 2;
  const wanted = (GROUND * GROUND + 1) / 2;
  const out = new Uint8Array(data.length);
  const counts = new Int32Array(256);
  const kept = (at, end) => Math.min(end - 1, Math.max(0, at));
  for (let y = 0; y < height; y += 1) {
    const rows = Array.from({ length: GROUND }, (_, one) => kept(y + one - half, height) * width);
    counts.fill(0);
    for (const row of rows) for (let x = -half; x <= half; x += 1) counts[data[row + kept(x, width)]] += 1;
    let middle = 0;
    let below = 0; // how many are less than `middle`
    for (let x = 0; x < width; x += 1) {
      if (x > 0) {
        const old = kept(x - half - 1, width);
        const next = kept(x + half, width);
        for (const row of rows) {
          const [gone, come] = [data[row + old], data[row + next]];
          counts[gone] -= 1;
          counts[come] += 1;
          if (gone < middle) below -= 1;
          if (come < middle) below += 1;
        }
      }
      while (below >= wanted) {
        middle -= 1;
        below -= counts[middle];
      }
      while (below + counts[middle] < wanted) {
        below += counts[middle];
        middle += 1;
      }
      out[y * width + x] = middle;
    }
  }
  return out;
}

// What lies in the window around each pixel of a row, added up; told row after row. By then `value` was asked
// for everything in that row and above.
function eachSum(value, width, height, wide, high, told) {
  const [left, up] = [Math.floor(wide / 2), Math.floor(high / 2)];
  const across = rowsOf(Float64Array, width, height, high, (row, from) => {
    let sum = 0;
    for (let x = -left; x < wide - left; x += 1) sum += value(from + reflected(x, width));
    for (let x = 0; x < width; x += 1) {
      row[x] = sum;
      sum += value(from + reflected(x + wide - left, width)) - value(from + reflected(x - left, width));
    }
  });
  const column = new Float64Array(width);
  const add = (y, sign) => {
    const row = across(y);
    for (let x = 0; x < width; x += 1) column[x] += sign * row[x];
  };
  for (let y = -up; y < high - up; y += 1) add(y, 1);
  for (let y = 0; y < height; y += 1) {
    told(y, column);
    add(y + high - up, 1);
    add(y - up, -1);
  }
}

// How many pixels in clusters stand out, without what was `seen`; none where a third of the picture does.
function faintPlaces(far, seen, width, height) {
  const out = new Uint8Array(far.length);
  for (let at = 0; at < far.length; at += 1) out[at] = Math.abs(far[at]) > STANDS_OUT && !seen[at] ? 1 : 0;
  let count = 0;
  eachSum((at) => out[at], width, height, 48, 20, (y, sums) => {
    for (let x = 0; x < width; x += 1) if (out[y * width + x] && sums[x] > LEAST_FAINT) count += 1;
  });
  return count < MOST_SHARE * far.length ? count : 0;
}

// Whether the print in a box differs so little from its ground that its ends may be missing.
function hardlyStandsOut(image, quad) {
  const xs = quad.map((one) => one[0]);
  const ys = quad.map((one) => one[1]);
  const left = Math.max(0, Math.trunc(Math.min(...xs)));
  const top = Math.max(0, Math.trunc(Math.min(...ys)));
  const right = Math.min(image.width, Math.trunc(Math.max(...xs)) + 1);
  const end = Math.min(image.height, Math.trunc(Math.max(...ys)) + 1);
  if (Math.min(right - left, end - top) < 4) return false;
  const crop = grey(cropped(image, left, top, right, end));
  const ground = middles(crop);
  const counts = new Int32Array(256);
  crop.data.forEach((one, at) => { counts[Math.abs(one - ground[at])] += 1; });
  const place = 0.97 * (crop.data.length - 1);
  const value = (wanted) => {
    let sum = 0;
    return counts.findIndex((one) => (sum += one) > wanted);
  };
  const [low, high] = [value(Math.floor(place)), value(Math.ceil(place))];
  return low + (high - low) * (place - Math.floor(place)) < FAINT_LEVELS;
}

// A line's box made longer at both ends as far as ink goes on, with gaps of a letter at most; the same box
// where nothing goes on.
function grownToInk(quad, far, width, height) {
  const [first, second] = [apart(quad[0], quad[1]), apart(quad[0], quad[3])];
  const [long, high] = [Math.max(first, second), Math.min(first, second)];
  if (high < 1 || high * 1.5 > long) return quad;
  const [begin, end] = first >= second ? [[0, 3], [1, 2]] : [[0, 1], [3, 2]];
  const along = [0, 1].map((axis) => (quad[end[0]][axis] - quad[begin[0]][axis]) / long);
  const across = [0, 1].map((axis) => (quad[begin[1]][axis] - quad[begin[0]][axis]) / high);
  const reach = Math.trunc(REACH * high);
  const start = [0, 1].map((axis) => quad[begin[0]][axis] + 0.2 * high * across[axis] - reach * along[axis]);
  const wide = Math.trunc(long) + 2 * reach;
  const deep = Math.max(2, Math.trunc(0.6 * high));
  const value = (x, y) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : Math.abs(far[y * width + x]));
  const inked = Array.from({ length: wide }, (_, step) => {
    let count = 0;
    for (let down = 0; down < deep; down += 1) {
      const fx = Math.round((start[0] + along[0] * step + across[0] * down) * 32);
      const fy = Math.round((start[1] + along[1] * step + across[1] * down) * 32);
      const [x, y, px, py] = [fx >> 5, fy >> 5, (fx & 31) / 32, (fy & 31) / 32];
      const upper = value(x, y) * (1 - px) + value(x + 1, y) * px;
      const lower = value(x, y + 1) * (1 - px) + value(x + 1, y + 1) * px;
      if (upper * (1 - py) + lower * py > STANDS_OUT) count += 1;
    }
    return count >= 2;
  });
  const gap = Math.max(2, Math.trunc(0.6 * high));
  let [left, right] = [reach, reach + Math.trunc(long)];
  for (;;) {
    const from = Math.max(0, left - gap);
    const at = inked.slice(from, left).indexOf(true);
    if (left <= 0 || at < 0) break;
    left = from + at;
  }
  for (;;) {
    const at = inked.slice(right, right + gap).lastIndexOf(true);
    if (right >= wide || at < 0) break;
    right += 1 + at;
  }
  const [before, behind] = [reach - left, right - reach - Math.trunc(long)];
  if (before === 0 && behind === 0) return quad;
  const longer = quad.map((one) => [...one]);
  const margin = 0.15 * high;
  for (const axis of [0, 1]) {
    if (before > 0) for (const one of begin) longer[one][axis] -= (before + margin) * along[axis];
    if (behind > 0) for (const one of end) longer[one][axis] += (behind + margin) * along[axis];
  }
  return longer.map(([x, y]) => [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))]);
}
