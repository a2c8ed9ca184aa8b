// The system's Chromium, and what is asked of every screen.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

/** What axe finds on the page: rule, why, element. */
export async function violations(page) {
  const known = await page.evaluate("typeof axe === 'object'");
  if (!known) await page.evaluate(AXE);
  const found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `axe: ${id}: ${help}: ${node.target.join(" ")}`));
}

/** Whether the page scrolls sideways, and what sticks out: at 360 only a table inside its frame may. */
export async function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const outside = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !e.closest(".table-frame, .rail"));
    const names = outside.slice(0, 3).map((e) => e.tagName.toLowerCase() + (e.className && typeof e.className === "string" ? `.${e.className.split(" ").join(".")}` : ""));
    return [`the page is ${scrollWidth} wide in a window of ${clientWidth}: ${names.join(" ")}`];
  });
}

/** Fails where the page scrolls sideways. */
export async function fits(page, where) {
  assert.deepEqual(await overflow(page), [], where);
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

/** Whether the page has exactly one heading of the first level, and says its own language. */
export async function frame(page, language) {
  const headings = await page.locator("h1").count();
  const says = await page.locator("html").getAttribute("lang");
  const own = language === "en" ? "en" : "zh-Hans";
  return [
    ...(headings === 1 ? [] : [`${headings} headings of the first level`]),
    ...(says === own ? [] : [`its language is ${says}, not ${own}`]),
  ];
}

/** Chinese on an English page that is not marked as such; a document's number may stand bare. */
export async function unmarkedChinese(page) {
  return page.evaluate(() => {
    const chinese = /[\u3400-\u9fff\uf900-\ufaff]/;
    const number = /[\u4e00-\u9fff]+(?:函)?〔\d{4}〕(?:第)?\d+\s?号|中文/g;
    const marked = (element) => element.closest("[lang]")?.getAttribute("lang")?.startsWith("zh");
    const found = [];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || ["SCRIPT", "STYLE"].includes(parent.tagName) || marked(parent)) continue;
      if (chinese.test(node.data.replace(number, ""))) found.push(`Chinese that is not marked as such: <${parent.tagName.toLowerCase()}> ${node.data.trim()}`);
    }
    for (const name of ["title", "placeholder", "aria-label", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name) ?? "";
        // An attribute has no language of its own: a name within an English sentence is all that it can say.
        if (!marked(element) && chinese.test(text.replace(number, "")) && !/[A-Za-z]{3}/.test(text)) found.push(`Chinese that is not marked as such: ${name}="${text}"`);
      }
    }
    return found;
  });
}
