// The task list: dense, with groups, filters, chips, selection.
import { page, picture, words } from "./frame.mjs";

const ROWS = [
  [14, "邻里中心布局规划指引", "Planning of neighbourhood centres", "成都", "Chengdu", "progress", "20", "progress", "12"],
  [15, "人力资源服务机构等级评定规范", "Grading of human resources service providers", "重庆", "Chongqing", "published", "60", "published", ""],
  [16, "养老机构智慧化建设与服务规范", "Smart services in care homes for the elderly", "南京", "Nanjing", "unreported", "—", "unreported", ""],
  [17, "社区嵌入式服务设施建设指南", "Service facilities embedded in communities", "上海", "Shanghai", "soon", "30", "soon", "3"],
  [18, "家政服务机构信用评价规范", "Credit rating of domestic service providers", "北京", "Beijing", "progress", "30", "progress", "21"],
  [19, "外来医疗器械灭菌参数测试指南", "Testing sterilisation parameters of loaned medical devices", "重庆", "Chongqing", "blocked", "20", "blocked", ""],
  [20, "跨境电子商务综合服务平台运营与数据交换要求", "Operation of and data exchange between cross-border e-commerce platforms", "南京", "Nanjing", "published", "60", "published", ""],
  [21, "即时零售服务规范", "Instant retail services", "杭州", "Hangzhou", "overdue", "40", "overdue", ""],
];
const WORDS = {
  published: ["已发布", "Published"], progress: ["进行中", "In progress"], unreported: ["未报告", "Not reported"],
  soon: ["将到期", "Due soon"], blocked: ["受阻", "Blocked"], overdue: ["已超期", "Overdue"],
};

export function list(lang) {
  const w = words(lang);
  const days = (state, left) => {
    if (state === "overdue") return `<span class="days overdue">${w("已过 3 天", "3 days past")}</span>`;
    if (!left) return "—";
    return `<span class="days${state === "soon" ? " soon" : ""}">${w(`还剩 ${left} 个工作日`, `${left} working days`)}</span>`;
  };
  const row = ([number, zh, en, placeZh, placeEn, state, stage, ruler, left], at) => `<tr${at === 3 ? ' class="is-changed"' : ""}>
<td class="select"><label><input type="checkbox" name="row" value="${number}" aria-label="${w("选择此行", "Select this row")} ${number}"></label></td>
<td class="number">${number}</td>
<th scope="row" class="title"><a href="#task-${number}">${w(zh, en)}</a>${at === 3 ? ` <span class="mark changed">${w("有变化", "changed")}</span>` : ""}</th>
<td class="more" data-column="places">${w(placeZh, placeEn)}</td>
<td class="more" data-column="guide">${w("商务部", "MOFCOM")}</td>
<td class="more" data-column="ruler">${picture(`ruler_short_${ruler}`)}</td>
<td><span class="state ${state}">${w(...WORDS[state])}</span></td>
<td class="date">${days(state, left)}</td>
<td class="more" data-column="holder">${w("市商务局", "City commerce bureau")}</td></tr>`;
  const rows = [0, 1, 2].flatMap((times) => ROWS.map((r) => [r[0] + times * 8, ...r.slice(1)])).map(row);
  rows.splice(12, 0, `<tr class="group"><th colspan="9" scope="rowgroup">${w("（二）科技创新成果转化应用", "(2) Putting research results to use")} <span class="rail-count">12</span></th></tr>`);
  rows.unshift(`<tr class="group"><th colspan="9" scope="rowgroup">${w("三 · 先行制定地方标准 ——（一）服务消费提振", "III · Local standards first — (1) Consumer services")} <span class="rail-count">12</span></th></tr>`);
  const head = (zh, en, sort, cls = "", column = "") => `<th scope="col"${cls ? ` class="${cls}"` : ""}${column ? ` data-column="${column}"` : ""}${sort ? ` aria-sort="${sort}"` : ""}>${sort ? `<a class="sort" href="#sort">${w(zh, en)}</a>` : w(zh, en)}</th>`;
  const option = (zh, en) => `<option>${w(zh, en)}</option>`;
  const filter = (zh, en, ...options) => `<label class="filter"><span>${w(zh, en)}</span><select>${options.map((o) => option(...o)).join("")}</select></label>`;
  const body = `<header class="page-head slim"><h1>${w("任务清单", "Task list")}</h1><p class="page-note">${w("104 项任务，239 项承担事项 · 清单第 1 版", "104 tasks, 239 obligations · list version 1")}</p><div class="page-actions"><button class="button small" type="button">${w("打印 A3", "Print A3")}</button><button class="button small" type="button">${w("下载工作簿", "Download workbook")}</button></div></header>
<div class="table-tools"><form class="filters" method="get">${filter("地方", "Place", ["全部", "all"], ["南京", "Nanjing"])}${filter("部分", "Part", ["三 地方标准", "III Local"], ["全部", "all"])}${filter("状态", "State", ["全部", "all"])}${filter("分组", "Group by", ["领域", "field"])}<button class="button small">${w("筛选", "Filter")}</button></form>
<div class="table-tools-end"><details class="menu" data-columns><summary class="button small">${w("选择列", "Columns")}</summary><form class="menu-panel" method="get">${[["places", "承担地", "Places"], ["guide", "指导部门", "Guiding ministry"], ["ruler", "标尺", "Ruler"], ["holder", "在谁手里", "In whose hands"]].map(([id, zh, en]) => `<label class="check"><input type="checkbox" name="columns" value="${id}" checked><span>${w(zh, en)}</span></label>`).join("")}</form></details></div></div>
<ul class="chips"><li><a class="chip" href="#x" aria-label="${w("去掉：第三部分", "Remove: part III")}">${w("第三部分", "Part III")}<span class="chip-remove" aria-hidden="true">×</span></a></li><li><a class="chip add" href="#clear">${w("清除筛选", "Clear filters")}</a></li></ul>
<form data-selection><div class="table-frame"><table class="table" data-list data-unfold="${w("详情", "Details")}"><caption class="visually-hidden">${w("任务清单", "Task list")}</caption><thead>
<tr class="print-head"><th colspan="9">${w("任务清单 · 第 1 版 · 数据截至 2025年11月20日 09:30（北京时间）", "Task list · version 1 · data as of 20 November 2025, 09:30 Beijing time")}</th></tr>
<tr><th scope="col" class="select"><label><input type="checkbox" data-select-all aria-label="${w("选择全部", "Select all")}"></label></th>${head("序号", "No.", "ascending", "number")}${head("任务", "Task", "none", "title")}${head("承担地", "Places", "none", "more", "places")}${head("指导部门", "Guided by", "", "more", "guide")}${head("到哪一步了", "Where it stands", "", "more", "ruler")}${head("状态", "State", "none")}${head("期限", "Due", "none", "date")}${head("在谁手里", "In whose hands", "", "more", "holder")}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>
<div class="selection-bar" data-selection-bar data-text="${w("已选 {n} 行", "{n} rows selected")}" data-text-one="${w("已选 1 行", "1 row selected")}"><p data-selection-count></p><button class="button small" type="button">${w("关注", "Follow")}</button><button class="button small" type="button">${w("下载所选", "Download these")}</button></div></form>
<nav class="pager" aria-label="${w("分页", "Pages")}"><a rel="prev" href="#p">${w("上一页", "Previous")}</a><p>${w("显示 24 行，共 104 行", "Showing 24 of 104 rows")}</p><a rel="next" href="#n">${w("下一页", "Next")}</a></nav>
<div class="signatures"><p>${w("填表人", "Prepared by")}</p><p>${w("审核", "Checked by")}</p><p>${w("签发", "Signed by")}</p></div>`;
  return page({ lang, title: w("任务清单", "Task list"), current: 1, body, sheet: "sheet-a3" });
}
