// Runs every walk with Node's own test runner, one file after the other, on one platform (two cores are few).
// `node run.mjs NAME…` runs the walks whose file name contains one of the names.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "node:test";
import { tap, spec } from "node:test/reporters";
import { platform } from "./harness/platform.mjs";

const folder = fileURLToPath(new URL("./walks/", import.meta.url));
const names = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".walk.mjs"))
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
  .sort()
  .map((file) => folder + file);
if (files.length === 0) {
  console.error(`no walk is called ${names.join(", ")}`);
  process.exit(2);
}

const { address, accounts, stop } = await platform();
process.env.BIAOCHI_WALKED = JSON.stringify({ address, accounts });
let stopping;
const end = () => (stopping ??= stop());
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end().then(() => process.exit(130)));

const stream = run({ files, concurrency: 1 });
stream.on("test:fail", ({ todo }) => {
  if (todo === undefined) process.exitCode = 1;
});
stream.once("end", end);
stream.compose(process.stdout.isTTY ? spec() : tap).pipe(process.stdout);
