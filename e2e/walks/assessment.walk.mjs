// An organisation is assessed by the standard of the demonstration: form, evidence, workbook, items, certificate.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { LANGUAGES, browser, fits, signIn, tab } from "../harness/browser.mjs";
import { account, shared } from "../harness/platform.mjs";
import { words } from "../harness/routes.mjs";

/** The worked example of the standard, as somebody types it. */
const FIGURES = { "A1.1": "91.2 %", "设备数": "640", "设备数[联网=5G]": "412", "B1.2": "34 ms", "B2.1": "4", "C1.1": "7", "C2.2": "12.5 %", "D1.2": "0" };
const CHOICES = { "A2.1": "混合专网", "D1.1": "是" };
const ITEMS = ["A1.1", "A2.1", "B1.1", "B1.2", "B2.1", "C1.1", "C2.2", "D1.1", "D1.2"];
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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

for (const [language, width] of [["zh", "wide"], ["en", "narrow"]]) describe(`an assessment · ${language} · ${width}`, () => walk(language, width));

function walk(language, width) {
  const say = words(language);
  const address = (path) => `${site.address}${LANGUAGES[language]}${path}`;
  let page;
  let url;
  let number;
  const enter = async (login) => {
    const session = await signIn(chrome, site.address, account(site.accounts, login));
    page = (await tab(chrome, { language, width, session })).page;
    page.setDefaultTimeout(15_000);
  };
  const press = async (name) => {
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: say(name), exact: true }).click()]);
    await fits(page, page.url());
  };

  it("the organisation fills it in, attaches evidence and sees what comes out", async () => {
    await enter("manager");
    await page.goto(address("/systems/first-28-500000/assess"));
    await page.fill("[name=unit]", `演示工厂 ${language}`);
    await press("assessment-open");
    url = page.url();
    for (const [name, value] of Object.entries(FIGURES)) await page.fill(`form.trial [name="in.${name}"]`, value);
    for (const [name, value] of Object.entries(CHOICES)) await page.selectOption(`form.trial [name="in.${name}"]`, value);
    await press("assessment-save");
    assert.match(await page.locator("#result").innerText(), /85\.1404911/);
    await page.locator("#evidence summary").click();
    await page.selectOption("#evidence [name=node]", "A1.1");
    await page.fill("#evidence [name=kind]", "路测报告");
    await page.setInputFiles("#evidence [name=file]", { name: "report.txt", mimeType: "text/plain", buffer: Buffer.from("91.2 %") });
    await page.fill("#evidence [name=dated]", "2026-06-01");
    await press("assessment-attach");
    assert.equal(await page.locator("#evidence .lines > li").count(), 1);
  });

  it("the workbook comes back and changes nothing that it did not hold", async () => {
    const book = await page.context().request.get(`${url}/workbook.xlsx`);
    assert.equal(book.status(), 200);
    await page.setInputFiles("#figures [name=file]", { name: "filled.xlsx", mimeType: XLSX, buffer: await book.body() });
    await press("assessment-workbook-look");
    assert.equal(await page.locator("tr.is-changed").count(), 0);
    await press("assessment-workbook-take");
    assert.equal(page.url(), url);
    await press("assessment-submit");
  });

  it("an assessor accepts the items and issues the certificate", async () => {
    await enter("chongqing");
    await page.goto(url);
    for (const code of ITEMS) await page.check(`[name="item.${code}"][value=true]`);
    await press("assessment-verify");
    await press("assessment-decide");
    number = await page.locator("#outcome a.code").innerText();
    assert.match(number, /^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
  });

  it("anybody sees that the certificate holds, and nobody else the figures", async () => {
    page = (await tab(chrome, { language, width })).page;
    await page.goto(address(`/certificates/${number}`));
    await fits(page, page.url());
    assert.equal((await page.locator("#verdict").innerText()).trim(), say("certificate-holds"));
    assert.ok(!(await page.locator("main").innerText()).includes("91.2"));
    const hidden = await page.goto(url);
    assert.ok(page.url().includes("/sign-in") || hidden.status() === 404);
  });
}
