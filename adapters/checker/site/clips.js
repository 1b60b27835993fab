// Groups the frames of a clip by the print that stands in them, so that one of each is read: the twin of
// bot/identifiers/pictures/cine.py, which says why.
"use strict";

const MOST_GROUPS = 16;
const CELL = 16;
const STEEP = 100;
const CHANGE = 14;
const RESTLESS = 0.2;
const OFTEN = 8;
const CELLS = 2;

// How many steep pixels each cell has.
function steepEdges({ width, height, data }) {
  const bright = new Uint8Array(width * height);
  for (let at = 0; at < bright.length; at += 1) bright[at] = Math.max(data[at * 4], data[at * 4 + 1], data[at * 4 + 2]);
  const steps = slopes({ width, height, depth: 1, data: bright }, 0, height);
  const across = Math.ceil(width / CELL);
  const counts = new Int16Array(across * Math.ceil(height / CELL));
  for (let y = 0; y < height; y += 1) {
    const row = Math.trunc(y / CELL) * across;
    for (let x = 0; x < width; x += 1) if (steps[y * width + x] > STEEP) counts[row + Math.trunc(x / CELL)] += 1;
  }
  return counts;
}

// Lists of frames, in order of the first; `busy` if there are more than are looked at.
async function grouped(source) {
  if (source.count === 1) return { groups: [[0]], busy: false };
  const prints = [];
  for (let at = 0; at < source.count; at += 1) prints.push(steepEdges(await source.frame(at)));
  const steady = calm(prints);
  const models = [];
  const groups = [];
  prints.forEach((counts, at) => {
    let best = models.length - 1;
    while (best >= 0 && apart(models[best], counts, steady) >= CELLS) best -= 1;
    if (best < 0) {
      best = models.push(counts) - 1;
      groups.push([]);
    }
    groups[best].push(at);
  });
  return { groups: groups.slice(0, MOST_GROUPS), busy: groups.length > MOST_GROUPS };

  function apart(one, two, where) {
    let sum = 0;
    for (let cell = 0; cell < one.length; cell += 1) if (where[cell] && Math.abs(one[cell] - two[cell]) > CHANGE) sum += 1;
    return sum;
  }
}

// Cells that change all the time are moving body, not print that was switched on.
function calm(prints) {
  const changes = prints.length - 1;
  return prints[0].map((_, cell) => {
    let sum = 0;
    for (let at = 1; at <= changes; at += 1) if (Math.abs(prints[at][cell] - prints[at - 1][cell]) > CHANGE / 2) sum += 1;
    return sum < Math.max(RESTLESS * changes, OFTEN) ? 1 : 0;
  });
}
