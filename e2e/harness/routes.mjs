// The pages of the site as the server's own table of routes names them, and the parts of words that stand in `locales/`.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Every row of the table that answers a page.
 * @returns {{path: string, name: string, access: string, personal: boolean}[]} `access` is `Public`, `SignedIn` or a right
 */
export function pageRows() {
  const table = readFileSync(file("crates/web/src/routes.rs"), "utf8");
  const rows = [...table.matchAll(/Route::page\(\s*"([^"]+)",\s*"([^"]+)",\s*(\w+)(?:\((?:\w+::)*(\w+)\))?,/g)];
  if (rows.length === 0) throw new Error("crates/web/src/routes.rs has no row Route::page(…): has the table moved?");
  return rows.map(([, path, name, kind, right]) => ({ path, name, access: kind === "Right" ? right : kind }));
}

/** Whether an address, without language and query, is one of a row's. */
export function matches(pattern, address) {
  const segments = pattern.split("/").map((part) => (/^\{.*\}$/.test(part) ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${segments.join("/")}$`).test(address);
}

const spoken = new Map();

/**
 * What the pages say, by the names in `locales/`; only messages without placeables.
 * @param {"zh"|"en"} language
 * @returns {(name: string) => string}
 */
export function words(language) {
  if (!spoken.has(language)) {
    const folder = file(`locales/${language}/`);
    const known = new Map();
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".ftl"))) {
      for (const [, id, text] of readFileSync(folder + name, "utf8").matchAll(/^([a-z][\w-]*) = ([^{}\n]+)$/gm)) known.set(id, text.trim());
    }
    spoken.set(language, known);
  }
  return (name) => {
    const text = spoken.get(language).get(name);
    if (!text) throw new Error(`locales/${language} does not say ${name}`);
    return text;
  };
}
