// The first page, not signed in: it answers, fits, and has nothing that axe objects to, in both languages and widths.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, WIDTHS, accessible, browser, fits, picture, tab } from "../harness/browser.mjs";
import { platform } from "../harness/platform.mjs";

let home;
let chrome;
before(async () => {
  home = await platform();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await home?.stop();
});

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  for (const width of Object.keys(WIDTHS)) {
    test(`home, ${language}, ${width}`, async () => {
      const { context, page, complaints } = await tab(chrome, { width, language });
      const answer = await page.goto(`${home.address}${prefix}/`);
      assert.equal(answer.status(), 200);
      assert.match(await page.locator("html").getAttribute("lang"), language === "en" ? /^en/ : /^zh/);
      await accessible(page, `home ${language} ${width}`);
      await fits(page, `home ${language} ${width}`);
      await picture(page, `home-${language}-${width}`);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test("home without script says the same", async () => {
  const { context, page } = await tab(chrome, { script: false });
  const answer = await page.goto(`${home.address}/`);
  assert.equal(answer.status(), 200);
  assert.ok((await page.locator("h1").innerText()).length > 0);
  await context.close();
});
