// The system's Chromium, and what is asked of every screen.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = fileURLToPath(new URL("../out/", import.meta.url));

/** The two widths that every screen is held to. */
export const WIDTHS = { wide: { width: 1366, height: 768 }, narrow: { width: 360, height: 740 } };

/** The two languages, and where their pages begin. */
export const LANGUAGES = { zh: "", en: "/en" };

function executable() {
  const known = [process.env.BIAOCHI_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium: cargo xtask setup");
  return found;
}

/** Starts the browser. Chromium's own sandbox does not run as root. */
export async function browser() {
  return chromium.launch({
    executablePath: executable(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** A fresh window of a width and language; what its pages complain of is collected in `complaints`. */
export async function tab(chrome, { width = "wide", language = "zh", script = true } = {}) {
  const context = await chrome.newContext({
    viewport: WIDTHS[width],
    locale: language === "en" ? "en-GB" : "zh-CN",
    timezoneId: "Asia/Shanghai",
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return { context, page, complaints };
}

/** Fails where axe finds anything on the page; the message names rule, element and why. */
export async function accessible(page, where) {
  const known = await page.evaluate("typeof axe === 'object'");
  if (!known) await page.evaluate(AXE);
  const { violations } = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
  assert.deepEqual(found, [], `axe finds something on ${where}`);
}

/** Fails where the page scrolls sideways: at 360 only a table inside its frame may. */
export async function fits(page, where) {
  const [content, window] = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
  assert.ok(content <= window, `${where} is ${content} wide in a window of ${window}`);
}

/** Keeps a picture of the screen under `out/`. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true });
}
