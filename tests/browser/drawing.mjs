// Draws the pictures of DICOM files as the page does: site's folder, then a JSON file of lists
// [what Python says, frame in base64]. Prints the red, green and blue of each in base64.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [site, told] = process.argv.slice(2);
const { painted } = runInThisContext(`${readFileSync(join(site, "files.js"), "utf8")}\n({ painted })`);
const drawn = JSON.parse(readFileSync(told, "utf8")).map(([how, frame]) => {
  const { data } = painted(how, new Uint8Array(Buffer.from(frame, "base64")));
  return Buffer.from(data.filter((_, at) => at % 4 !== 3)).toString("base64");
});
console.log(JSON.stringify(drawn));
