// Compiles, in the interpreter that the page uses, what a start of the page imports. Run by compiling.py:
//     node compile.mjs PACKAGES WORK
// WORK holds engine.zip, python_stdlib.zip, samples/ and compiled_inside.py; there it leaves library.zip and compiled.zip.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [packages, work] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${packages}/pyodide/pyodide.mjs`));
// The same order of sets each time, so that the same sources give the same bytes.
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0", HOME: "/home" } });
python.FS.mkdirTree("/work/samples");
for (const name of ["engine.zip", "python_stdlib.zip", "compiled_inside.py"]) {
  python.FS.writeFile(`/work/${name}`, readFileSync(`${work}/${name}`));
}
for (const name of readdirSync(`${work}/samples`).sort()) {
  python.FS.writeFile(`/work/samples/${name}`, readFileSync(`${work}/samples/${name}`));
}
python.unpackArchive(new Uint8Array(readFileSync(`${work}/engine.zip`)), "zip", { extractDir: "/engine" });
try {
  python.runPython("import sys; sys.path[:0] = ['/engine', '/work']; import compiled_inside; compiled_inside.main()");
} catch (trouble) {
  console.error(String(trouble.message)); // else Node would print the whole interpreter with it
  process.exit(1);
}
for (const name of ["library.zip", "compiled.zip"]) {
  writeFileSync(`${work}/${name}`, python.FS.readFile(`/work/${name}`));
}
