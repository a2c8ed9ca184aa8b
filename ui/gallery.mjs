// Writes dist/gallery.html and its fellows: a list, a task, and every other component, in both languages.
import { writeFileSync, mkdirSync } from "node:fs";
import { list } from "./gallery/list.mjs";
import { parts } from "./gallery/parts.mjs";
import { task } from "./gallery/task.mjs";

const dist = new URL("dist/", import.meta.url);
mkdirSync(dist, { recursive: true });
for (const lang of ["zh", "en"]) {
  const end = lang === "zh" ? "" : "-en";
  writeFileSync(new URL(`gallery${end}.html`, dist), parts(lang));
  writeFileSync(new URL(`gallery-list${end}.html`, dist), list(lang));
  writeFileSync(new URL(`gallery-task${end}.html`, dist), task(lang));
}
