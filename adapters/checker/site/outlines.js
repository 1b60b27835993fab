// From the detector's map of ink to the boxes of lines, and from a box to the strip that is read. The
// twin of `_outlines` and `_strip` in bot/identifiers/pictures/ocr.py; a test compares both. A box is
// four corners [x, y]: top left, top right, bottom right, bottom left.
"use strict";

const INK = 0.3;
const SURE = 0.45;
const WIDEN = 1.6;
const HEIGHT = 48;
const LONGEST = 2400;

function outlines(ink, width, height) {
  let mask = new Uint8Array(ink.length);
  for (let at = 0; at < ink.length; at += 1) mask[at] = ink[at] > INK ? 1 : 0;
  mask = grown(mask, width, height, 0, 1, 0, 1);
  const found = [];
  for (const piece of pieces(mask, width, height).reverse().slice(0, 1500)) {
    const points = [];
    for (const [y, [first, last]] of piece.rows) points.push([first, y], [last, y]);
    const core = smallest(hull(points));
    if (Math.min(core.wide, core.high) < 3) continue;
    if (certainty(ink, width, height, corners(core, 0)) < SURE) continue;
    const more = (core.wide * core.high * WIDEN) / (2 * (core.wide + core.high));
    if (Math.min(core.wide, core.high) + 2 * more < 5) continue;
    found.push(corners(core, more));
  }
  return found;
}

function hull(points) {
  points.sort((one, two) => one[0] - two[0] || one[1] - two[1]);
  const half = (all) => {
    const kept = [];
    for (const point of all) {
      while (kept.length > 1 && cross(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    kept.pop();
    return kept;
  };
  return [...half(points), ...half([...points].reverse())];
}

function cross(from, one, two) {
  return (one[0] - from[0]) * (two[1] - from[1]) - (one[1] - from[1]) * (two[0] - from[0]);
}

// The smallest rectangle, at any angle, around a convex outline: one of its sides lies on the outline.
function smallest(outline) {
  let best = null;
  outline.forEach((from, at) => {
    const to = outline[(at + 1) % outline.length];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length === 0) return;
    const along = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    let [a0, a1, b0, b1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of outline) {
      const a = x * along[0] + y * along[1];
      const b = y * along[0] - x * along[1];
      a0 = Math.min(a0, a);
      a1 = Math.max(a1, a);
      b0 = Math.min(b0, b);
      b1 = Math.max(b1, b);
    }
    const area = (a1 - a0) * (b1 - b0);
    if (best === null || area < best.area) best = { area, along, a0, a1, b0, b1 };
  });
  if (best === null) return { wide: 0, high: 0 };
  return { ...best, wide: best.a1 - best.a0, high: best.b1 - best.b0 };
}

function corners(core, more) {
  const { along } = core;
  const all = [
    [core.a0 - more, core.b0 - more],
    [core.a1 + more, core.b0 - more],
    [core.a1 + more, core.b1 + more],
    [core.a0 - more, core.b1 + more],
  ].map(([a, b]) => [a * along[0] - b * along[1], a * along[1] + b * along[0]]);
  all.sort((one, two) => one[0] - two[0]);
  const left = all.slice(0, 2).sort((one, two) => one[1] - two[1]);
  const right = all.slice(2).sort((one, two) => one[1] - two[1]);
  return [left[0], right[0], right[1], left[1]];
}

// How sure the detector is of what lies in a box, on average.
function certainty(ink, width, height, quad) {
  const whole = quad.map(([x, y]) => [Math.trunc(x), Math.trunc(y)]);
  const top = Math.max(0, Math.min(...whole.map((one) => one[1])));
  const end = Math.min(height - 1, Math.max(...whole.map((one) => one[1])));
  let sum = 0;
  let count = 0;
  for (let y = top; y <= end; y += 1) {
    let first = Infinity;
    let last = -Infinity;
    whole.forEach((one, at) => {
      const two = whole[(at + 1) % 4];
      const [high, low] = one[1] < two[1] ? [one, two] : [two, one];
      if (y < high[1] || y > low[1]) return;
      const part = high[1] === low[1] ? [high[0], low[0]] : [high[0] + ((low[0] - high[0]) * (y - high[1])) / (low[1] - high[1])];
      first = Math.min(first, ...part);
      last = Math.max(last, ...part);
    });
    for (let x = Math.max(0, Math.round(first)); x <= Math.min(width - 1, Math.round(last)); x += 1) {
      sum += ink[y * width + x];
      count += 1;
    }
  }
  return count ? sum / count : 0;
}

function apart(one, two) {
  return Math.hypot(one[0] - two[0], one[1] - two[1]);
}

function sides(quad) {
  return [
    Math.max(apart(quad[1], quad[0]), apart(quad[2], quad[3]), 1),
    Math.max(apart(quad[3], quad[0]), apart(quad[2], quad[1]), 1),
  ];
}

function upright(quad) {
  const [wide, high] = sides(quad);
  return wide * 1.5 >= high;
}

// The line cut out, upright, 48 pixels high, as the reader wants it: blue, green, red, -1 to 1. Standing
// text is laid on its side, as if it were read from top to bottom. `turned`: the other way round.
function strip(image, quad, turned) {
  const [wide, high] = sides(quad);
  const level = upright(quad);
  const ratio = level ? wide / high : high / wide;
  const across = Math.min(LONGEST, Math.max(8, Math.round(HEIGHT * ratio)));
  const [width, height] = level ? [across, HEIGHT] : [HEIGHT, across];
  const [zero, right, , down] = quad;
  const step = [(right[0] - zero[0]) / width, (right[1] - zero[1]) / width];
  const fall = [(down[0] - zero[0]) / height, (down[1] - zero[1]) / height];
  const { data, depth } = image;
  const size = across * HEIGHT;
  const sheet = new Float32Array(3 * size);
  const kept = (value, end) => Math.min(Math.max(value, 0), end - 1);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fx = Math.round((zero[0] + step[0] * x + fall[0] * y) * 32);
      const fy = Math.round((zero[1] + step[1] * x + fall[1] * y) * 32);
      const [sx, sy] = [fx >> 5, fy >> 5];
      const [px, py] = [(fx & 31) / 32, (fy & 31) / 32];
      const [xa, xb] = [kept(sx, image.width), kept(sx + 1, image.width)];
      const [ya, yb] = [kept(sy, image.height) * image.width, kept(sy + 1, image.height) * image.width];
      let [to, line] = [x, y];
      if (!level) [to, line] = [y, HEIGHT - 1 - x];
      if (turned) [to, line] = [across - 1 - to, HEIGHT - 1 - line];
      const at = line * across + to;
      for (let colour = 0; colour < 3; colour += 1) {
        const add = depth === 1 ? 0 : 2 - colour;
        const value =
          (data[(ya + xa) * depth + add] * (1 - px) + data[(ya + xb) * depth + add] * px) * (1 - py) +
          (data[(yb + xa) * depth + add] * (1 - px) + data[(yb + xb) * depth + add] * px) * py;
        sheet[colour * size + at] = Math.round(value) / 127.5 - 1;
      }
    }
  }
  return { sheet, width: across };
}
