// What the page sees of faint print: site's folder, a folder with a file `rgb`, width, height, boxes as JSON.
// Writes `far` and `shown` beside it; prints what else it thinks.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [site, folder, wide, high, boxes] = process.argv.slice(2);
const parts = ["pixels.js", "outlines.js", "faint.js"].map((name) => readFileSync(join(site, name), "utf8"));
const page = runInThisContext(`${parts.join("\n")}\n({ turnedUp, faintPlaces, hardlyStandsOut, grownToInk })`);
const [width, height] = [Number(wide), Number(high)];
const rgb = readFileSync(join(folder, "rgb"));
const data = new Uint8Array(width * height * 4).fill(255);
for (let at = 0; at < width * height; at += 1) data.set(rgb.subarray(at * 3, at * 3 + 3), at * 4);
const image = { width, height, depth: 4, data };
const { shown, far } = page.turnedUp(image);
writeFileSync(join(folder, "far"), far);
writeFileSync(join(folder, "shown"), shown.data);
const quads = JSON.parse(boxes);
console.log(JSON.stringify({
  places: page.faintPlaces(far, new Uint8Array(far.length), width, height),
  hardly: quads.map((quad) => page.hardlyStandsOut(image, quad)),
  longer: quads.map((quad) => page.grownToInk(quad, far, width, height)),
}));
