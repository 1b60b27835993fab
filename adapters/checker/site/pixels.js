// What a picture library would do, for the few steps that reading print needs. A picture here is
// { width, height, depth, data }: bytes in rows, one (grey) or four (red, green, blue, unused) a pixel.
// The same steps as bot/identifiers/pictures takes with OpenCV, so that both see the same.
"use strict";

function grey(image) {
  if (image.depth === 1) return image;
  const { width, height, data } = image;
  const out = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < out.length; at += 1, from += 4) {
    out[at] = (data[from] * 4899 + data[from + 1] * 9617 + data[from + 2] * 1868 + 8192) >> 14;
  }
  return { width, height, depth: 1, data: out };
}

function cropped(image, x0, y0, x1, y1) {
  const { depth, data } = image;
  const width = x1 - x0;
  const height = y1 - y0;
  const out = new Uint8Array(width * height * depth);
  for (let row = 0; row < height; row += 1) {
    const from = ((y0 + row) * image.width + x0) * depth;
    out.set(data.subarray(from, from + width * depth), row * width * depth);
  }
  return { width, height, depth, data: out };
}

function below(one, two) {
  const data = new Uint8Array(one.data.length + two.data.length);
  data.set(one.data);
  data.set(two.data, one.data.length);
  return { width: one.width, height: one.height + two.height, depth: one.depth, data };
}

function turnedOver(image) {
  return { ...image, data: image.data.map((one) => 255 - one) };
}

// Weights with which the old places of one axis make up each new one: the share of area that a new
// pixel covers (for much smaller), or the two nearest (half-pixel centres).
function shares(from, to, byArea) {
  const scale = from / to;
  const all = [];
  for (let at = 0; at < to; at += 1) {
    const places = [];
    if (byArea && scale > 1) {
      const begin = at * scale;
      const end = Math.min(from, begin + scale);
      for (let old = Math.floor(begin); old < end; old += 1) {
        const part = Math.min(old + 1, end) - Math.max(old, begin);
        if (part > 1e-6) places.push(old, part / (end - begin));
      }
    } else {
      const middle = Math.min(Math.max((at + 0.5) * scale - 0.5, 0), from - 1);
      const old = Math.min(Math.floor(middle), Math.max(0, from - 2));
      places.push(old, 1 - (middle - old));
      if (from > 1) places.push(old + 1, middle - old);
    }
    all.push(places);
  }
  return all;
}

function resized(image, width, height, byArea) {
  const { depth, data } = image;
  const across = shares(image.width, width, byArea);
  const down = shares(image.height, height, byArea);
  const out = new Uint8Array(width * height * depth);
  const row = new Float32Array(image.width * depth);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    for (let at = 0; at < down[y].length; at += 2) {
      const part = down[y][at + 1];
      const from = down[y][at] * row.length;
      for (let x = 0; x < row.length; x += 1) row[x] += data[from + x] * part;
    }
    for (let x = 0; x < width; x += 1) {
      const places = across[x];
      for (let one = 0; one < depth; one += 1) {
        let sum = 0;
        for (let at = 0; at < places.length; at += 2) sum += row[places[at] * depth + one] * places[at + 1];
        out[(y * width + x) * depth + one] = Math.round(sum);
      }
    }
  }
  return { width, height, depth, data: out };
}

// Local contrast made strong (CLAHE: four by four fields, each even, blended), colours gone.
function stretched(image) {
  const FIELDS = 4;
  const { width, height, data } = grey(image);
  const wide = Math.ceil(width / FIELDS);
  const high = Math.ceil(height / FIELDS);
  const most = Math.max(1, Math.trunc((3 * wide * high) / 256));
  const back = (at, end) => (at < end ? at : Math.max(0, 2 * end - 2 - at));
  const curves = [];
  for (let field = 0; field < FIELDS * FIELDS; field += 1) {
    const counts = new Int32Array(256);
    const top = Math.floor(field / FIELDS) * high;
    const left = (field % FIELDS) * wide;
    for (let y = top; y < top + high; y += 1) {
      const from = back(y, height) * width;
      for (let x = left; x < left + wide; x += 1) counts[data[from + back(x, width)]] += 1;
    }
    let over = 0;
    for (let at = 0; at < 256; at += 1) {
      if (counts[at] > most) {
        over += counts[at] - most;
        counts[at] = most;
      }
    }
    const each = Math.trunc(over / 256);
    let rest = over - each * 256;
    for (let at = 0; at < 256; at += 1) counts[at] += each;
    const step = rest > 0 ? Math.max(1, Math.trunc(256 / rest)) : 256;
    for (let at = 0; at < 256 && rest > 0; at += step, rest -= 1) counts[at] += 1;
    const curve = new Uint8Array(256);
    let sum = 0;
    for (let at = 0; at < 256; at += 1) {
      sum += counts[at];
      curve[at] = Math.min(255, Math.round((sum * 255) / (wide * high)));
    }
    curves.push(curve);
  }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const down = y / high - 0.5;
    const upper = Math.floor(down);
    const lower = Math.min(upper + 1, FIELDS - 1);
    const partDown = down - upper;
    for (let x = 0; x < width; x += 1) {
      const across = x / wide - 0.5;
      const before = Math.floor(across);
      const part = across - before;
      const one = data[y * width + x];
      const a = Math.max(0, upper) * FIELDS;
      const b = lower * FIELDS;
      const c = Math.max(0, before);
      const d = Math.min(before + 1, FIELDS - 1);
      const top = curves[a + c][one] * (1 - part) + curves[a + d][one] * part;
      const bottom = curves[b + c][one] * (1 - part) + curves[b + d][one] * part;
      out[y * width + x] = Math.round(top * (1 - partDown) + bottom * partDown);
    }
  }
  return { width, height, depth: 1, data: out };
}

// The step between the darkest and the brightest of nine neighbours, for the rows from `top` to `end`.
function slopes(image, top, end) {
  const { width, height, data } = image;
  const out = new Uint8Array(width * (end - top));
  for (let y = top; y < end; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let least = 255;
      let most = 0;
      for (let yy = Math.max(0, y - 1); yy <= Math.min(height - 1, y + 1); yy += 1) {
        for (let xx = Math.max(0, x - 1); xx <= Math.min(width - 1, x + 1); xx += 1) {
          const one = data[yy * width + xx];
          if (one < least) least = one;
          if (one > most) most = one;
        }
      }
      out[(y - top) * width + x] = most - least;
    }
  }
  return out;
}

// A mask grown by so many pixels to the left, right, upwards, downwards.
function grown(mask, width, height, left, right, up, down) {
  const pass = (from, count, length, step, next, before, after) => {
    const to = new Uint8Array(from.length);
    for (let one = 0; one < count; one += 1) {
      let reach = -1;
      const base = one * next;
      for (let at = -before; at < length; at += 1) {
        if (at + before < length && from[base + (at + before) * step]) reach = at + before + after;
        if (at >= 0 && at <= reach) to[base + at * step] = 1;
      }
    }
    return to;
  };
  return pass(pass(mask, height, width, 1, width, left, right), width, height, width, 1, up, down);
}

// Every connected piece of a mask (also by a corner), in the order in which a reader meets them: the
// box around it, and the first and last pixel of each of its rows.
function pieces(mask, width, height) {
  const seen = new Uint8Array(mask.length);
  const found = [];
  const stack = [];
  for (let start = 0; start < mask.length; start += 1) {
    if (!mask[start] || seen[start]) continue;
    seen[start] = 1;
    stack.push(start);
    const rows = new Map();
    let x0 = width;
    let x1 = 0;
    let y0 = height;
    let y1 = 0;
    while (stack.length) {
      const at = stack.pop();
      const y = Math.floor(at / width);
      const x = at - y * width;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
      y0 = Math.min(y0, y);
      y1 = Math.max(y1, y);
      const row = rows.get(y);
      if (row === undefined) rows.set(y, [x, x]);
      else if (x < row[0]) row[0] = x;
      else if (x > row[1]) row[1] = x;
      for (let yy = Math.max(0, y - 1); yy <= Math.min(height - 1, y + 1); yy += 1) {
        for (let xx = Math.max(0, x - 1); xx <= Math.min(width - 1, x + 1); xx += 1) {
          const next = yy * width + xx;
          if (mask[next] && !seen[next]) {
            seen[next] = 1;
            stack.push(next);
          }
        }
      }
    }
    found.push({ x0, y0, x1, y1, rows });
  }
  return found;
}
