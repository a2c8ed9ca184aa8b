// The islands in a real Chromium, over a server of two pages. Needs `npm run gallery`; skipped where Chromium is absent.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const chromium = process.env["CHROMIUM"] ?? "chromium";
const pages = new URL("../gallery/out/", import.meta.url);
const ready = spawnSync(chromium, ["--version"]).status === 0 && existsSync(new URL("gallery-list.html", pages));
if (!ready) console.log("SKIPPED islands: no Chromium, or `npm run gallery` has not run");

/** A list that filters on the server: what is asked for is what comes back. */
function filterPage(query) {
  return `<!doctype html><title>${query.get("place") ?? "all"}</title><script defer src="/biaochi.js"></script><script defer src="/probe.js"></script>
<form data-auto-submit method="get" action="/filter"><label>Place <select name="place"><option value=""></option><option>nanjing</option></select></label><button>Filter</button></form>
<div id="results" data-results><p data-live>rows for ${query.get("place") ?? "all"}</p></div>`;
}

/** Opens `path` in Chromium with `probe` as its last script; gives back what the probe returns. */
async function inBrowser(path, width, probe) {
  const script = `addEventListener("load", async () => { const key = (key, target = document.activeElement) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })); const rest = (ms = 50) => new Promise((done) => setTimeout(done, ms)); let result; try { result = await (${probe})({ key, rest }); } catch (error) { result = { error: String(error) }; } const pre = document.createElement("pre"); pre.id = "probe"; pre.textContent = encodeURIComponent(JSON.stringify(result)); document.body.append(pre); });`;
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const send = (type, body) => response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
    if (url.pathname === "/probe.js") return send("text/javascript", script);
    if (url.pathname === "/filter") return send("text/html", filterPage(url.searchParams));
    const file = new URL(`.${url.pathname}`, pages);
    if (!existsSync(file)) return response.writeHead(404).end();
    const text = readFileSync(file, "utf8");
    if (url.pathname.endsWith(".css")) return send("text/css", text);
    if (url.pathname.endsWith(".js")) return send("text/javascript", text);
    return send("text/html", text.replace("</head>", '<script defer src="/probe.js"></script></head>'));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const profile = mkdtempSync(join(tmpdir(), "biaochi-islands-"));
  try {
    const dom = await new Promise((done, fail) => {
      const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`, `--window-size=${width},768`, "--virtual-time-budget=5000", "--dump-dom"];
      execFile(chromium, [...flags, `http://127.0.0.1:${server.address().port}${path}`], { maxBuffer: 1 << 24, timeout: 60_000 }, (error, out) => (error ? fail(error) : done(out)));
    });
    const found = dom.match(/<pre id="probe">([^<]*)<\/pre>/);
    assert.ok(found, "the probe did not finish");
    return JSON.parse(decodeURIComponent(found[1]));
  } finally {
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

test("a list is walked, selected and searched by keyboard", { skip: !ready }, async () => {
  const seen = await inBrowser("/gallery-list.html", 1366, `async ({ key, rest }) => {
    const current = () => document.querySelector("tr.is-current td.number")?.textContent;
    const bar = document.querySelector("[data-selection-bar]");
    const seen = { hidden: bar.hidden };
    key("j"); seen.first = current(); seen.focus = document.activeElement.getAttribute("href");
    key("j"); key("j"); key("k"); seen.second = current();
    key("x"); seen.bar = !bar.hidden && bar.querySelector("p").textContent;
    seen.selected = document.querySelectorAll("tr.is-selected").length;
    document.querySelector("[data-select-all]").click(); seen.all = bar.querySelector("p").textContent;
    key("/"); seen.search = document.activeElement.id;
    key("j"); seen.typing = current();
    document.activeElement.blur(); key("?", document.body); seen.help = document.querySelector("#keyboard-help").open;
    document.querySelector("#keyboard-help").close();
    document.querySelector("[data-keys-off]").click(); key("k", document.body); seen.off = current();
    return seen;
  }`);
  assert.deepEqual(seen, { hidden: true, first: "14", focus: "#task-14", second: "15", bar: "已选 1 行", selected: 1, all: "已选 24 行", search: "search", typing: "15", help: true, off: "15" });
});

test("columns that are put away leave the table and stay in the address", { skip: !ready }, async () => {
  const seen = await inBrowser("/gallery-list.html", 1366, `async () => {
    document.querySelector('input[name="columns"][value="guide"]').click();
    const cells = [...document.querySelectorAll('[data-column="guide"]')];
    return { hidden: cells.length > 20 && cells.every((cell) => cell.hidden), address: location.search, pager: new URL(document.querySelector(".pager a").href).search };
  }`);
  const address = "?columns=places&columns=ruler&columns=holder";
  assert.deepEqual(seen, { hidden: true, address, pager: address });
});

test("a filter replaces the results and moves the address", { skip: !ready }, async () => {
  const seen = await inBrowser("/filter", 1366, `async ({ rest }) => {
    const choice = document.querySelector("select");
    choice.value = "nanjing"; choice.dispatchEvent(new Event("input", { bubbles: true }));
    for (let n = 0; n < 40 && !location.search; n += 1) await rest();
    return { results: document.querySelector("#results").textContent.trim(), address: location.search, title: document.title, said: document.querySelector("[data-voice]")?.textContent, busy: document.querySelector("[aria-busy]") !== null };
  }`);
  assert.deepEqual(seen, { results: "rows for nanjing", address: "?place=nanjing", title: "nanjing", said: "rows for nanjing", busy: false });
});

test("a row unfolds on a phone and folds again", { skip: !ready }, async () => {
  const seen = await inBrowser("/gallery-list.html", 500, `async () => {
    const button = document.querySelector("button.unfold");
    const more = getComputedStyle(document.querySelector("td.more")).display;
    button.click();
    const names = [...document.querySelectorAll("tr.unfolded dt")].map((name) => name.textContent);
    const open = button.getAttribute("aria-expanded");
    button.click();
    return { more, names, open, closed: document.querySelector("tr.unfolded") === null, label: button.getAttribute("aria-label") };
  }`);
  assert.deepEqual(seen, { more: "none", names: ["承担地", "指导部门", "到哪一步了", "在谁手里"], open: "true", closed: true, label: "详情 邻里中心布局规划指引" });
});

test("eighteen rows of the list are seen at 1366 × 768", { skip: !ready }, async () => {
  const seen = await inBrowser("/gallery-list.html", 1366, `async () => {
    const rows = [...document.querySelectorAll("tbody tr:not(.group)")];
    const fits = rows.filter((row) => row.getBoundingClientRect().bottom <= 768).length;
    return { fits, wide: document.documentElement.scrollWidth <= document.documentElement.clientWidth };
  }`);
  assert.ok(seen.fits >= 18, JSON.stringify(seen));
  assert.ok(seen.wide, "the page scrolls sideways");
});

test("the bundle of the islands is under 30 kB", { skip: !existsSync(new URL("biaochi.js", pages)) }, () => {
  assert.ok(readFileSync(new URL("biaochi.js", pages)).length < 30_000);
});
