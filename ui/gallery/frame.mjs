// The frame that the gallery's pages share, and the pictures they borrow from the snapshots of the room `chart`.
import { readFileSync } from "node:fs";

const snapshots = new URL("../../crates/chart/src/snapshots/", import.meta.url);

/** The picture of a snapshot, as the tests of `chart` have it. */
export function picture(name) {
  const text = readFileSync(new URL(`chart__tests__${name}.snap`, snapshots), "utf8");
  return text.slice(text.indexOf("<svg"));
}

/** Chooses a word: `w("中文", "English")`. */
export const words = (lang) => (zh, en) => (lang === "zh" ? zh : en);

const MARK = `<svg viewBox="0 0 26 18" width="26" height="18" aria-hidden="true"><rect x=".5" y=".5" width="25" height="17" rx="1.5" fill="none" stroke="currentColor"/><rect x="1" y="12" width="15" height="5" class="chart-plain"/><path d="M5.5 1v8M10.5 1v5M15.5 1v8M20.5 1v5" stroke="currentColor"/></svg>`;

const RAIL = [
  ["总览", "Overview"], ["任务清单", "Task list"], ["覆盖矩阵", "Coverage"], ["我的工作台", "My desk", "5"],
  ["标准项目", "Standards"], ["草案阅读", "Drafts"], ["征求意见", "Consultations"], ["意见处理", "Comments"],
  ["审查与表决", "Ballot"], ["揭榜挂帅", "Open calls"], ["规则对照", "Alignment"], ["评估与报表", "Reports"],
];

/** A whole page of the gallery. */
export function page({ lang, title, current, body, sheet = "", past = false }) {
  const w = words(lang);
  const rail = RAIL.map(([zh, en, count], at) => `<li><a href="#rail-${at}"${at === current ? ' aria-current="page"' : ""}>${w(zh, en)}${count ? `<span class="rail-count">${count}</span>` : ""}</a></li>`).join("");
  return `<!doctype html>
<html lang="${w("zh-Hans", "en")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'self' file:; style-src 'self' file:; script-src 'self' file:">
<title>${title} · ${w("标尺", "Biaochi")}</title>
<link rel="stylesheet" href="biaochi.css">
<script defer src="biaochi.js"></script>
</head>
<body class="${sheet}">
<a class="skip-link" href="#main">${w("跳到正文", "Skip to main content")}</a>
<header class="top-bar">
<a class="top-bar-mark" href="#home">${MARK}${w("标尺", "Biaochi")}</a>
<form class="top-bar-search" role="search"><label class="visually-hidden" for="search">${w("搜索", "Search")}</label><input id="search" type="search" name="q" data-search placeholder="${w("搜索任务、标准号、机构（/）", "Search tasks, numbers, bodies (/)")}"></form>
<form class="date-control${past ? " is-past" : ""}" method="get"><label for="as-of">${w("数据截至", "As of")}</label><input id="as-of" type="date" name="as_of" value="${past ? "2025-06-30" : "2025-11-20"}"><button class="button small">${w("查看", "Show")}</button></form>
<nav class="top-bar-links" aria-label="${w("语言与账户", "Language and account")}"><a href="#lang" lang="${w("en", "zh")}" hreflang="${w("en", "zh")}">${w("English", "中文")}</a><a href="#sign-in">${w("登录", "Sign in")}</a></nav>
</header>
${past ? `<p class="past-banner" role="status">${w("您看到的是 2025年6月30日 的状态。", "You are looking at the state of 30 June 2025.")} <a href="#today">${w("回到今天", "Back to today")}</a></p>` : ""}
<div class="layout">
<nav class="rail" aria-label="${w("主导航", "Main")}"><ul>${rail}</ul></nav>
<main id="main" class="content">
${body}
</main>
</div>
<footer class="foot"><p>${w("清单第 1 版 · 数据截至 2025年11月20日 09:30（北京时间）", "List, version 1 · data as of 20 November 2025, 09:30 Beijing time")}</p><ul class="foot-links"><li><a href="#a11y">${w("无障碍说明", "Accessibility")}</a></li><li><a href="#privacy">${w("隐私说明", "Privacy")}</a></li></ul></footer>
<dialog class="dialog" id="keyboard-help" aria-labelledby="keys-title"><h2 id="keys-title">${w("键盘操作", "Keyboard")}</h2><dl class="keys"><div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>${w("下一行、上一行", "next, previous row")}</dd></div><div><dt><kbd>Enter</kbd></dt><dd>${w("打开", "open")}</dd></div><div><dt><kbd>x</kbd></dt><dd>${w("选择", "select")}</dd></div><div><dt><kbd>/</kbd></dt><dd>${w("搜索", "search")}</dd></div></dl><label class="check"><input type="checkbox" data-keys-off><span>${w("关闭单键操作", "Turn single keys off")}</span></label><form method="dialog" class="button-row"><button class="button">${w("关闭", "Close")}</button></form></dialog>

</body>
</html>
`;
}
