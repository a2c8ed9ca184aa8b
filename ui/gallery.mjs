// Writes gallery/out/gallery.html and its fellows, beside copies of the bundles: a list, a task, and every other component, in both languages.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { list } from "./gallery/list.mjs";
import { parts } from "./gallery/parts.mjs";
import { task } from "./gallery/task.mjs";

const out = new URL("gallery/out/", import.meta.url);
mkdirSync(out, { recursive: true });
for (const bundle of ["biaochi.css", "biaochi.js"]) {
  copyFileSync(new URL(`dist/${bundle}`, import.meta.url), new URL(bundle, out));
}
for (const lang of ["zh", "en"]) {
  const end = lang === "zh" ? "" : "-en";
  writeFileSync(new URL(`gallery${end}.html`, out), parts(lang));
  writeFileSync(new URL(`gallery-list${end}.html`, out), list(lang));
  writeFileSync(new URL(`gallery-task${end}.html`, out), task(lang));
}
