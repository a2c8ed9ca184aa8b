// Every page of the server's table of routes × zh/en × 1366/360, for readers who may see it: no violation that axe finds,
// no sideways scroll, no complaint in the console, one heading, the right language, no unmarked Chinese on English pages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, WIDTHS, browser, frame, overflow, signIn, tab, unmarkedChinese, violations } from "../harness/browser.mjs";
import { account, shared } from "../harness/platform.mjs";
import { matches, pageRows } from "../harness/routes.mjs";

/** An address for each row that has a parameter or that shows more with a question. Rows without either need none. */
const SAMPLES = [
  "/tasks/first-20",
  "/tasks/first-32",
  "/tasks/first-84",
  "/tasks/first-28",
  "/obligations/first-28-500000",
  "/obligations/first-9-320100/texts/new",
  "/texts/first-28-500000.1",
  "/texts/first-28-500000.2",
  "/texts/first-28-500000.1/diff/first-28-500000.2",
  "/systems/first-28-500000",
  "/systems/first-28-500000?in.A1.1=90.8+%25",
  "/systems/first-28-500000/assess",
  "/assessments/demo-factory",
  "/tasks/first-20?as_of=2025-06-30",
  "/list?place=320100&tier=local",
  "/list?as_of=2020-01-01",
  "/obligations?place=320100&firm=true",
  "/obligations/first-9-320100/actions/record_stage",
  "/obligations/first-9-320100/desk",
  "/search?q=养老",
  "/join/unknown",
  "/letters/stop/unknown",
  "/places/320100",
  "/places/510100?as_of=2025-06-30&compare=today",
  "/list?as_of=2025-06-30&compare=today",
  "/measures/4",
  "/changes/demo-widen-20",
  "/changes/demo-widen-20/print",
  "/changes/demo-widen-20/edit",
  "/changes/new?task=first-32",
  "/lists/first/diff",
  "/history/task/first-20",
  "/surveys/demo-services",
  "/surveys/demo-services/tables/1",
  "/surveys/demo-services/series/revenue",
  "/surveys/demo-services/definition",
  "/surveys/demo-services/keep",
  "/surveys/demo-services/units",
  "/surveys/demo-services/rows",
  "/surveys/demo-services/report",
  "/surveys/demo-services/publish?definition=1&period=2025&measure=staff&rows=branch&columns=city",
];

/** What answers with another status than 200, and why that is its screen. */
const STATUS = { "/join/unknown": 404, "/letters/stop/unknown": 404, "/sign-in/code": [200, 303] };

/** Who is tried, in this order, where not everybody may come in. */
const STAFF = ["nanjing", "analyst", "statistician", "manager", "sysadmin", "secadmin", "auditadmin"];

/** Public screens that say more to whoever is signed in. */
const ALSO_SIGNED_IN = { analyst: ["/", "/list", "/tasks/first-32", "/changes"], nanjing: ["/tasks/first-20", "/places/320100"] };

const rows = pageRows();
const bare = (address) => address.split("?")[0];
const rowOf = (address) => rows.find((row) => row.path === bare(address)) ?? rows.find((row) => matches(row.path, bare(address)));

let site;
let chrome;
const sessions = new Map();
const windows = new Map();
/** Addresses seen in pages, without language: a sample for rows whose parameters are known only at run time. */
const seen = new Set();

before(async () => {
  site = await shared();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await site?.stop();
});

async function sessionOf(login) {
  if (login && !sessions.has(login)) sessions.set(login, signIn(chrome, site.address, account(site.accounts, login)));
  return sessions.get(login);
}

async function windowOf(login, language) {
  const key = `${login ?? ""} ${language}`;
  if (!windows.has(key)) windows.set(key, await tab(chrome, { language, session: await sessionOf(login) }));
  return windows.get(key);
}

/** Looks at one address in one language at both widths. */
async function look(address, login, language) {
  const { page, complaints } = await windowOf(login, language);
  complaints.length = 0;
  const where = `${LANGUAGES[language]}${address}${login ? ` as ${login}` : ""}`;
  await page.setViewportSize(WIDTHS.wide);
  const answer = await page.goto(site.address + LANGUAGES[language] + address, { waitUntil: "load" });
  const expected = [STATUS[bare(address)] ?? 200].flat();
  assert.ok(expected.includes(answer.status()), `${where} answers ${answer.status()}`);
  const faults = await frame(page, language);
  if (language === "en") faults.push(...(await unmarkedChinese(page)));
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    faults.push(...[...(await overflow(page)), ...(await violations(page))].map((fault) => `${width}: ${fault}`));
  }
  // A page that answers with another status is told so by the console too.
  faults.push(...complaints.filter((text) => answer.ok() || !text.startsWith("Failed to load resource")));
  assert.deepEqual(faults, [], where);
  if (language === "zh") {
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    links.filter((link) => link.startsWith("/")).forEach((link) => seen.add(link.split("#")[0]));
  }
}

const both = (name, address, login) => {
  for (const language of Object.keys(LANGUAGES)) test(`${name} · ${language}`, () => look(address, login, language));
};

const landed = SAMPLES.filter(rowOf);
const absent = SAMPLES.filter((address) => !rowOf(address));

for (const address of absent) {
  test(`${address} is a page of the server`, { todo: "no row of crates/web/src/routes.rs has this address yet" }, () => {
    assert.ok(rowOf(address));
  });
}

for (const row of rows.filter((row) => row.access === "Public" && !row.path.includes("{"))) both(row.path, row.path);
for (const address of landed.filter((address) => rowOf(address).access === "Public")) both(address, address);
for (const [login, addresses] of Object.entries(ALSO_SIGNED_IN)) {
  for (const address of addresses.filter(rowOf)) both(`${address} as ${login}`, address, login);
}

/** Who of the staff may see an address. */
async function reader(address) {
  for (const login of STAFF) {
    const { context } = await windowOf(login, "zh");
    const answer = await context.request.get(site.address + address, { maxRedirects: 0 });
    if ([STATUS[bare(address)] ?? 200].flat().includes(answer.status())) return login;
  }
  return undefined;
}

for (const row of rows.filter((row) => row.access !== "Public")) {
  const addresses = [...(row.path.includes("{") ? [] : [row.path]), ...landed.filter((address) => rowOf(address) === row)];
  for (const address of addresses) {
    for (const language of Object.keys(LANGUAGES)) {
      test(`${address} for staff · ${language}`, async () => {
        const login = await reader(address);
        assert.ok(login, `none of ${STAFF.join(", ")} may see ${address}`);
        await look(address, login, language);
      });
    }
  }
}

// Rows with parameters that no sample names: an address that one of the pages above links to.
for (const row of rows.filter((row) => row.path.includes("{") && !landed.some((address) => rowOf(address) === row))) {
  for (const language of Object.keys(LANGUAGES)) {
    test(`${row.path} · ${language}`, async () => {
      const address = [...seen].find((link) => rowOf(link) === row);
      assert.ok(address, `no page links to ${row.path}: name a sample in SAMPLES`);
      await look(address, row.access === "Public" ? undefined : await reader(address), language);
    });
  }
}
