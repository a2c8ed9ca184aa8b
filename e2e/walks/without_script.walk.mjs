// Without script: the pages say the same, filters and dates are sent by their buttons, one can sign in and out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, WIDTHS, browser, fits, tab } from "../harness/browser.mjs";
import { account, shared } from "../harness/platform.mjs";
import { words } from "../harness/routes.mjs";

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

async function on(path, walk, width = "wide") {
  const { context, page } = await tab(chrome, { script: false, width });
  const answer = await page.goto(site.address + path);
  assert.equal(answer.status(), 200, path);
  try {
    await walk(page);
  } finally {
    await context.close();
  }
}

for (const width of Object.keys(WIDTHS)) {
  test(`home shows its numbers · ${width}`, () =>
    on("/", async (page) => {
      assert.deepEqual((await page.locator("ul.numbers strong").allInnerTexts()).slice(0, 2), ["104", "239"]);
    }, width));

  test(`the list has all its rows, and no button that would need script · ${width}`, () =>
    on("/list", async (page) => {
      assert.equal(await page.locator("#tasks tbody tr:not(.group)").count(), 104);
      assert.equal(await page.locator("#tasks tbody button").count(), 0);
    }, width));
}

test("the list is filtered by its own button", () =>
  on("/list", async (page) => {
    const form = page.locator("form.filters");
    await form.locator("[name=place]").selectOption("320100");
    await form.locator("button[type=submit]").click();
    assert.match(page.url(), /place=320100/);
    assert.equal(await page.locator("#tasks tbody tr:not(.group)").count(), 27);
  }));

test("a day is chosen by its own button", () =>
  on("/list", async (page) => {
    const form = page.locator("form.date-control");
    await form.locator("input[type=date]").fill("2025-06-30");
    await form.locator("button").click();
    assert.match(page.url(), /as_of=2025-06-30/);
    assert.ok(await page.locator(".past-banner").isVisible());
  }));

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  test(`a task shows its original line · ${language}`, () =>
    on(`${prefix}/tasks/first-32`, async (page) => {
      assert.match(await page.locator(".source-line").innerText(), /32/);
      assert.ok(await page.locator(".notice.soon").isVisible());
      await fits(page, "a task without script");
    }));
}

test("one signs in and out", () =>
  on("/sign-in", async (page) => {
    const say = words("zh");
    const { login, password } = account(site.accounts, "nanjing");
    await page.locator("#login").fill(login);
    await page.locator("#password").fill(password);
    await page.locator("form:has(#password) button").click();
    await page.getByRole("button", { name: say("frame-sign-out") }).click();
    assert.ok(await page.getByRole("link", { name: say("frame-sign-in") }).isVisible());
  }));

test("a wrong password is told, and what was typed stays", () =>
  on("/sign-in", async (page) => {
    await page.locator("#login").fill("nanjing");
    await page.locator("#password").fill("not this one");
    await page.locator("form:has(#password) button").click();
    assert.ok(await page.locator("[role=alert]").isVisible());
    assert.equal(await page.locator("#login").inputValue(), "nanjing");
  }));
