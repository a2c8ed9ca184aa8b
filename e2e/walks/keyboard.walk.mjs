// By keyboard alone: past the frame to the content, through the list, to the search field.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, tab } from "../harness/browser.mjs";
import { shared } from "../harness/platform.mjs";

let site;
let chrome;
before(async () => {
  site = await shared();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await site?.stop();
});

/** Opens a page in a window of its own, which is closed afterwards. */
async function on(path, walk) {
  const { context, page } = await tab(chrome);
  await page.goto(site.address + path);
  try {
    await walk(page);
  } finally {
    await context.close();
  }
}

const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName);

test("the first Tab reaches the skip link, and Enter goes to the content", () =>
  on("/list", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "skip-link");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.querySelector("#main").contains(document.activeElement)));
  }));

test("Tab goes through the frame in the order of the page: mark, demonstration, search, date, tools, rail, content", () =>
  on("/", async (page) => {
    const regions = [];
    for (let step = 0; step < 40 && regions.at(-1) !== "content"; step += 1) {
      await page.keyboard.press("Tab");
      const region = await page.evaluate(() => {
        const here = document.activeElement;
        const known = [".skip-link", ".top-bar-mark", ".demo-tab", ".top-bar-search", ".date-control", ".top-bar-links", ".rail", ".content"];
        return known.find((selector) => here?.closest(selector))?.slice(1) ?? here?.tagName;
      });
      if (regions.at(-1) !== region) regions.push(region);
    }
    assert.deepEqual(regions, ["skip-link", "top-bar-mark", "demo-tab", "top-bar-search", "date-control", "top-bar-links", "rail", "content"]);
  }));

test("a link leads past the tiles of the places, to the doors behind them", () =>
  on("/", async (page) => {
    const steps = async (wanted) => {
      for (let step = 1; step <= 60; step += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return step;
      }
      return Infinity;
    };
    assert.ok((await steps(".skip-past")) < 40, "before the tiles");
    assert.ok(await page.locator(".skip-past").isVisible());
    await page.keyboard.press("Enter");
    assert.equal(await steps("#doors a"), 1, "the next stop is a door");
  }));

test("j and k go through the rows of the list, Enter opens one", () =>
  on("/list", async (page) => {
    const current = () => page.locator("tr.is-current th[scope=row]").innerText();
    await page.keyboard.press("j");
    assert.equal(await current(), "1");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await current(), "3");
    await page.keyboard.press("k");
    assert.equal(await current(), "2");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tasks/first-2");
  }));

test("/ goes to the search field, and what is typed there is searched for", () =>
  on("/", async (page) => {
    await page.keyboard.press("/");
    assert.equal(await focused(page), "site-search");
    await page.keyboard.insertText("养老机构康复");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=*");
    assert.match(await page.locator("main").innerText(), /养老机构康复服务规范/);
  }));

test("? opens the help for the keys, Escape closes it", () =>
  on("/list", async (page) => {
    await page.keyboard.press("?");
    assert.ok(await page.locator("#keyboard-help").isVisible());
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#keyboard-help").isHidden());
  }));
