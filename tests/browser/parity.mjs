// Prints what the interpreter of the built page answers to each text of a JSON file: [report, replaced].
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, texts] = process.argv.slice(2);

const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const engine = await loadPyodide({ indexURL: folder + "/" });
engine.unpackArchive(new Uint8Array(readFileSync(join(folder, "engine.zip"))), "zip", { extractDir: "/engine" });
engine.runPython("import sys; sys.path.insert(0, '/engine')");
const glue = engine.pyimport("adapters.checker.glue");
const said = JSON.parse(readFileSync(texts, "utf8")).map((text) => [glue.look(text), glue.replaced(text, [0])]);
console.log(JSON.stringify(said));
