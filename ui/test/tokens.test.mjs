import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { TEXT_PAIRS, SHAPE_PAIRS, TOKENS, contrast, shortfalls, tokensCss } from "../src/styles/tokens.mjs";

const styles = new URL("../src/styles/", import.meta.url);
const sheets = readdirSync(styles)
  .filter((name) => name.endsWith(".css"))
  .map((name) => [name, readFileSync(new URL(name, styles), "utf8")]);

test("contrast is computed as WCAG does", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("every text can be read on its ground in all four modes", () => {
  assert.deepEqual(shortfalls(), []);
});

test("every token has four colours and every pair names tokens", () => {
  for (const [name, values] of Object.entries(TOKENS)) {
    assert.equal(values.length, 4, name);
    for (const value of values) assert.match(value, /^#[0-9a-f]{6}$/, name);
  }
  for (const [text, ground] of [...TEXT_PAIRS, ...SHAPE_PAIRS]) {
    assert.ok(TOKENS[text] && TOKENS[ground], `${text} on ${ground}`);
  }
});

test("components name tokens and never colours", () => {
  for (const [name, css] of sheets) {
    if (name === "print.css") continue; // ink on white paper, whatever the theme
    const found = css.match(/#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(/gi) ?? [];
    assert.deepEqual(found, [], name);
  }
});

test("every custom property that is used is defined", () => {
  const all = tokensCss() + sheets.map(([, css]) => css).join("\n");
  const defined = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
  const used = [...all.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(used)].filter((name) => !defined.has(name)), []);
});
