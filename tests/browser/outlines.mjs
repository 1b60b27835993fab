// Prints the boxes that the page finds in a map of ink: sites' folder, file of 32-bit floats, width, height.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [site, map, width, height] = process.argv.slice(2);
const parts = ["pixels.js", "outlines.js"].map((name) => readFileSync(join(site, name), "utf8"));
const { outlines } = runInThisContext(`${parts.join("\n")}\n({ outlines })`);
const bytes = readFileSync(map);
const ink = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
console.log(JSON.stringify(outlines(ink, Number(width), Number(height))));
