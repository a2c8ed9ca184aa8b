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

/** Nothing but the pages under test is fetched or drawn. */
const ALONE = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser. Chromium's own sandbox does not run as root. */
export async function browser() {
  return chromium.launch({
    executablePath: executable(),
    args: process.getuid?.() === 0 ? ["--no-sandbox", ...ALONE] : ALONE,
  });
}

/** A fresh window of a width and language, signed in with the `session` of somebody; what its pages complain of is collected in `complaints`. */
export async function tab(chrome, { width = "wide", language = "zh", script = true, scheme = "light", session } = {}) {
  const context = await chrome.newContext({
    viewport: WIDTHS[width],
    locale: language === "en" ? "en-GB" : "zh-CN",
    timezoneId: "Asia/Shanghai",
    javaScriptEnabled: script,
    colorScheme: scheme,
    storageState: session,
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

/** Signs in at the door; the answer is the session, for other windows. */
export async function signIn(chrome, address, { login, password }) {
  const { context, page } = await tab(chrome);
  await page.goto(`${address}/sign-in`);
  const form = page.locator("form:has(#password)");
  await form.locator("#login").fill(login);
  await form.locator("#password").fill(password);
  await form.getByRole("button").click();
  assert.ok(!page.url().includes("/sign-in"), `${login} does not come in: ${await page.locator("main").innerText()}`);
  const session = await context.storageState();
  await context.close();
  return session;
}

/** Fails where the page has not exactly one heading of the first level, or says another language than its own. */
export async function framed(page, language, where) {
  assert.equal(await page.locator("h1").count(), 1, `headings of the first level on ${where}`);
  assert.equal(await page.locator("html").getAttribute("lang"), language === "en" ? "en" : "zh-Hans", `language of ${where}`);
}

/** Fails where an English page shows Chinese that is not marked as such; a document's number may stand bare. */
export async function chineseIsMarked(page, where) {
  const bare = await page.evaluate(() => {
    const chinese = /[\u3400-\u9fff\uf900-\ufaff]/;
    const number = /[\u4e00-\u9fff]+(?:函)?〔\d{4}〕(?:第)?\d+\s?号|中文/g;
    const marked = (element) => element.closest("[lang]")?.getAttribute("lang")?.startsWith("zh");
    const found = [];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || ["SCRIPT", "STYLE"].includes(parent.tagName) || marked(parent)) continue;
      if (chinese.test(node.data.replace(number, ""))) found.push(`<${parent.tagName.toLowerCase()}> ${node.data.trim()}`);
    }
    for (const name of ["title", "placeholder", "aria-label", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name) ?? "";
        if (!marked(element) && chinese.test(text.replace(number, ""))) found.push(`${name}="${text}"`);
      }
    }
    return found;
  });
  assert.deepEqual(bare, [], `Chinese that is not marked as such on ${where}`);
}

/** Keeps a picture of the screen under `out/`. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true });
}
