// A statistics survey: a unit reports, its statistician looks at what must be suppressed and publishes, everybody reads the
// table, and nobody else comes to a row of a unit.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LANGUAGES, browser, fits, signIn, tab } from "../harness/browser.mjs";
import { account, shared } from "../harness/platform.mjs";
import { words } from "../harness/routes.mjs";

const SURVEY = "/surveys/demo-services";
const REMARK = "Zqremark7719";

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

for (const language of Object.keys(LANGUAGES)) describe(`a survey · ${language}`, () => walk(language));

function walk(language) {
  const say = words(language);
  const address = (path) => `${site.address}${LANGUAGES[language]}${path}`;
  const windows = [];
  after(() => Promise.all(windows.map((window) => window.context.close())));

  async function as(login, width = "wide") {
    const session = login && (await signIn(chrome, site.address, account(site.accounts, login)));
    const window = await tab(chrome, { language, width, session });
    windows.push(window);
    window.page.setDefaultTimeout(8_000);
    return window.page;
  }
  const follow = async (page, locator) => {
    await Promise.all([page.waitForEvent("load"), locator.click()]);
    await fits(page, page.url());
  };

  it("a unit reports on a telephone, and reads its own rows", async () => {
    const page = await as("manager", "narrow");
    await page.goto(address(SURVEY));
    await follow(page, page.getByRole("link", { name: say("survey-report"), exact: true }));
    await page.locator("input[name='value.revenue']").fill("5,120.5");
    await page.locator("input[name='value.staff']").fill("many");
    await page.locator("textarea[name=note]").fill(REMARK);
    await follow(page, page.getByRole("button", { name: say("survey-report-send") }));
    assert.equal(await page.locator(".error-summary").count(), 1, "what is no number is told");
    assert.equal(await page.locator("input[name='value.revenue']").inputValue(), "5,120.5", "what was typed stays");
    await page.locator("input[name='value.staff']").fill("128");
    await follow(page, page.getByRole("button", { name: say("survey-report-send") }));
    assert.match(await page.locator("#own").innerText(), /5120\.5/);
  });

  it("its statistician reads the rows, looks at what is suppressed, and publishes", async () => {
    const page = await as("statistician");
    await page.goto(address(`${SURVEY}/rows`));
    assert.match(await page.locator("main").innerText(), new RegExp(REMARK));
    await page.goto(address(`${SURVEY}/publish`));
    await page.locator("select[name=measure]").selectOption("staff");
    await page.locator("select[name=rows]").selectOption("branch");
    await page.locator("select[name=columns]").selectOption("city");
    await follow(page, page.getByRole("button", { name: say("survey-publish-look") }));
    assert.ok((await page.locator("#preview-table s").count()) > 0, "something must be suppressed");
    await follow(page, page.getByRole("button", { name: say("survey-publish-go") }));
    assert.ok((await page.locator("#survey-table abbr").count()) > 0);
  });

  it("everybody reads tables and series, and nobody else a row", async () => {
    for (const login of [undefined, "analyst", "manager", "auditor", "sysadmin", "secadmin", "auditadmin"]) {
      const page = await as(login);
      assert.equal((await page.goto(address(`${SURVEY}/tables/1`))).status(), 200);
      assert.equal((await page.goto(address(`${SURVEY}/series/revenue`))).status(), 200);
      for (const path of ["/rows", "/units", "/rows.xlsx", "/publish"]) {
        const answer = await page.request.get(address(SURVEY + path), { maxRedirects: 0 });
        assert.ok([303, 403, 404].includes(answer.status()), `${login} gets ${answer.status()} of ${path}`);
        assert.ok(!(await answer.text()).includes(REMARK));
      }
    }
  });
}
