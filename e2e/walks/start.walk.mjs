// Starting and stopping: what the first line of the server says, what a fresh installation opens on and who comes in
// first, and that it goes when it is told to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { code } from "../harness/authenticator.mjs";
import { LANGUAGES, WIDTHS, browser, fits, frame, tab, violations } from "../harness/browser.mjs";
import { platform } from "../harness/platform.mjs";
import { words } from "../harness/routes.mjs";

test("the demonstration names its address and sample accounts, answers, and stops", async () => {
  const demo = await platform();
  try {
    assert.match(demo.address, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(demo.accounts.length >= 4);
    for (const { role, login, password } of demo.accounts) assert.ok(role && login && password);
    assert.equal((await fetch(`${demo.address}/healthz`)).status, 200);
    assert.equal((await fetch(`${demo.address}/readyz`)).status, 200);
  } finally {
    assert.equal(await demo.stop(), 0, demo.log());
  }
});

test("a deployment opens on list and measures alone, and leads its first officer from the terminal's token to three steps", async () => {
  const site = await platform({ demo: false });
  const chrome = await browser();
  const say = words("zh");
  const PASSWORD = "一把很长的新钥匙2026";
  try {
    assert.deepEqual(site.accounts, [], "nobody is there yet");
    const token = site.log().match(/bc_admin_[\w-]+/)?.[0];
    assert.ok(token, site.log());
    for (const [language, prefix] of Object.entries(LANGUAGES)) {
      for (const width of Object.keys(WIDTHS)) {
        const { context, page } = await tab(chrome, { language, width });
        for (const path of ["/", "/list", "/measures", "/outputs", "/changes", "/sign-in", "/first-administrator"]) {
          const answer = await page.goto(site.address + prefix + path);
          assert.equal(answer.status(), 200, path);
          assert.equal(await page.locator(".demo-tab, .mark.demo").count(), 0, `${path} holds nothing illustrative`);
          assert.deepEqual([...(await frame(page, language)), ...(await violations(page))], [], path);
          await fits(page, path);
        }
        await page.goto(`${site.address}${prefix}/`);
        const numbers = await page.locator("ul.numbers strong").allInnerTexts();
        assert.deepEqual([numbers[0], numbers[1], numbers[3]], ["104", "239", "4"]);
        await page.goto(`${site.address}${prefix}/changes`);
        assert.equal(await page.locator("#proposals").count(), 0, "nobody has proposed anything");
        await context.close();
      }
    }

    const { page } = await tab(chrome);
    const press = async (button) => Promise.all([page.waitForEvent("load"), button.click()]);
    const password = async () => {
      for (const field of await page.locator("input[type=password]").all()) await field.fill(PASSWORD);
      await press(page.locator("form:has(input[type=password]) button[type=submit], form:has(input[type=password]) button:not([type])").last());
    };
    const enter = async (login) => {
      await page.context().clearCookies();
      await page.goto(`${site.address}/sign-in`);
      await page.locator("#login").fill(login);
      await page.locator("#password").fill(PASSWORD);
      await press(page.locator("form:has(#password) button"));
      assert.ok(!page.url().includes("/sign-in"), await page.locator("main").innerText());
      // Staff set up a second factor before anything else.
      assert.ok(page.url().endsWith("/account/second-factor"), page.url());
      await press(page.getByRole("button", { name: say("account-factor-offer") }));
      const secret = await page.locator("p.receipt strong").innerText();
      await page.locator("#code").fill(code(secret));
      await press(page.getByRole("button", { name: say("account-factor-confirm") }));
      assert.ok((await page.locator("main li code").count()) >= 8, "recovery codes");
    };
    /** The link that is shown this once. */
    const join = async () => {
      const link = await page.locator("p.receipt strong").innerText();
      await page.context().clearCookies();
      await page.goto(site.address + new URL(link).pathname);
      await password();
    };

    // The terminal's token makes the system administrator …
    await page.goto(`${site.address}/first-administrator`);
    await page.locator("#token").fill(token);
    await page.locator("#name").fill("钱一");
    await page.locator("#login").fill("system");
    await password();
    // … who invites the security administrator …
    await enter("system");
    await page.goto(`${site.address}/admin`);
    await press(page.getByRole("link", { name: say("security-title") }));
    await page.locator("#name").fill("孙二");
    await page.locator("#login").fill("security");
    await press(page.getByRole("button", { name: say("people-new-go"), exact: true }));
    await join();
    // … who invites the officer.
    await enter("security");
    await page.goto(`${site.address}/admin/people/new`);
    await page.locator("#name").fill("李三");
    await page.locator("#login").fill("nanjing");
    await page.locator("#role").selectOption("commerce_officer");
    await page.locator("#organization").selectOption("nanjing-commerce");
    await page.locator("#places").fill("320100");
    await press(page.getByRole("button", { name: say("people-new-go"), exact: true }));
    await join();
    await enter("nanjing");
    await page.goto(`${site.address}/desk`);
    assert.equal(await page.locator(".empty ol li").count(), 3, "three first steps");
    await press(page.locator(".empty ol a"));
    assert.ok((await page.locator("ul.desk > li").count()) >= 27, "what is to be assigned");
    await page.context().close();
  } finally {
    await chrome.close();
    assert.equal(await site.stop(), 0, site.log());
  }
});
