// The list shows much at once: at least eighteen of its tasks on a screen of 1366×768 before anybody scrolls, in both
// languages, for readers who are signed in too; what is cut there is said in full by the link.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, WIDTHS, browser, signIn, tab } from "../harness/browser.mjs";
import { account, shared } from "../harness/platform.mjs";

const LEAST = 18;

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

/** The rows of tasks that are seen whole, and titles that are cut without being said in full. */
async function seen(page) {
  return page.evaluate((height) => {
    const frame = document.querySelector("#tasks").closest(".table-frame").getBoundingClientRect();
    const below = Math.min(height, frame.bottom);
    const rows = [...document.querySelectorAll("#tasks tbody tr[id]")].filter((row) => row.getBoundingClientRect().bottom <= below);
    const cut = rows
      .map((row) => row.querySelector(".title a"))
      .filter((link) => link.scrollWidth > link.clientWidth && link.title.trim() !== link.textContent.trim())
      .map((link) => link.textContent);
    return { rows: rows.length, cut };
  }, WIDTHS.wide.height);
}

for (const login of [undefined, "nanjing", "analyst"]) {
  for (const [language, prefix] of Object.entries(LANGUAGES)) {
    test(`${LEAST} tasks at first sight${login ? ` as ${login}` : ""} · ${language}`, async () => {
      const session = login && (await signIn(chrome, site.address, account(site.accounts, login)));
      const { context, page } = await tab(chrome, { language, session });
      await page.goto(`${site.address}${prefix}/list`);
      const { rows, cut } = await seen(page);
      assert.ok(rows >= LEAST, `${rows} rows are seen`);
      assert.deepEqual(cut, []);
      await context.close();
    });
  }
}
