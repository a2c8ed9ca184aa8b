// Pictures of every screen for docs/screens/: what a reader sees first, × zh/en × 1366/360; home, list and task in the
// dark too. `npm run screens [NAME…]` makes them anew (of the named screens only); look at all of them after a change.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LANGUAGES, WIDTHS, browser, signIn, tab } from "./harness/browser.mjs";
import { withPalette } from "./harness/palette.mjs";
import { account, platform } from "./harness/platform.mjs";
import { matches, pageRows } from "./harness/routes.mjs";

const FOLDER = fileURLToPath(new URL("../docs/screens/", import.meta.url));
const LARGEST = 120_000;
const LARGEST_OF_ALL = 6_000_000;

/** Name, address, who is signed in. */
const SCREENS = [
  ["home", "/"],
  ["list", "/list"],
  ["task", "/tasks/first-20"],
  ["task-warned", "/tasks/first-32"],
  ["task-text", "/tasks/first-28"],
  ["text", "/texts/first-28-500000.2"],
  ["text-diff", "/texts/first-28-500000.1/diff/first-28-500000.2"],
  ["text-new", "/obligations/first-9-320100/texts/new", "nanjing"],
  ["systems", "/systems"],
  ["system", "/systems/first-28-500000?in.A1.1=90.8+%25"],
  ["assessments", "/assessments", "manager"],
  ["assessment", "/assessments/demo-factory", "manager"],
  ["obligations", "/obligations?place=320100"],
  ["places", "/places"],
  ["place", "/places/320100"],
  ["place-compared", "/places/320100?as_of=2025-06-30&compare=today"],
  ["measures", "/measures"],
  ["measure", "/measures/4"],
  ["outputs", "/outputs"],
  ["changes", "/changes"],
  ["change", "/changes/demo-widen-20", "analyst"],
  ["change-new", "/changes/new?task=first-32", "analyst"],
  ["desk", "/desk", "nanjing"],
  ["history", "/history/task/first-20", "nanjing"],
  ["survey", "/surveys/demo-services"],
  ["survey-table", "/surveys/demo-services/tables/1"],
  ["survey-publish", "/surveys/demo-services/publish?definition=1&period=2025&measure=staff&rows=branch&columns=city", "statistician"],
  ["survey-report", "/surveys/demo-services/report", "manager"],
  ["reports", "/reports", "analyst"],
  ["monthly", "/reports/monthly", "analyst"],
  ["evaluation", "/reports/evaluation", "analyst"],
  ["notices", "/notices", "nanjing"],
  ["feeds", "/feeds"],
  ["administration", "/admin", "sysadmin"],
  ["administration-security", "/admin", "secadmin"],
  ["administration-audit", "/admin", "auditadmin"],
  ["sign-in", "/sign-in"],
  ["account", "/account", "nanjing"],
  ["search", "/search?q=养老"],
  ["words", "/words"],
];
const DARK = ["home", "list", "task"];

const names = process.argv.slice(2);
const rows = pageRows();
const there = ([, address]) => rows.some((row) => matches(row.path, address.split("?")[0]));
const wanted = SCREENS.filter(([name]) => names.length === 0 || names.includes(name));
for (const [name, address] of wanted.filter((screen) => !there(screen))) console.log(`${name}: the server has no page ${address}`);

mkdirSync(FOLDER, { recursive: true });
if (names.length === 0) for (const old of readdirSync(FOLDER).filter((file) => file.endsWith(".png"))) rmSync(FOLDER + old);

const site = await platform();
const chrome = await browser();
try {
  const sessions = new Map();
  for (const [name, address, login] of wanted.filter(there)) {
    if (login && !sessions.has(login)) sessions.set(login, await signIn(chrome, site.address, account(site.accounts, login)));
    for (const scheme of DARK.includes(name) ? ["light", "dark"] : ["light"]) {
      for (const [language, prefix] of Object.entries(LANGUAGES)) {
        for (const [width, size] of Object.entries(WIDTHS)) {
          const { context, page } = await tab(chrome, { width, language, scheme, session: sessions.get(login) });
          const answer = await page.goto(site.address + prefix + address);
          if (!answer.ok()) throw new Error(`${address} answers ${answer.status()}`);
          const file = `${name}-${language}-${size.width}${scheme === "dark" ? "-dark" : ""}.png`;
          const picture = withPalette(await page.screenshot());
          if (picture.length > LARGEST) throw new Error(`${file} is ${picture.length} bytes large; ${LARGEST} are allowed`);
          writeFileSync(FOLDER + file, picture);
          await context.close();
        }
      }
    }
  }
} finally {
  await chrome.close();
  await site.stop();
}
const total = readdirSync(FOLDER).reduce((sum, file) => sum + statSync(FOLDER + file).size, 0);
console.log(`docs/screens: ${readdirSync(FOLDER).length} pictures, ${Math.round(total / 1000)} kB`);
if (total > LARGEST_OF_ALL) throw new Error(`the pictures are ${total} bytes large; ${LARGEST_OF_ALL} are allowed`);
