// On a phone a row shows its first column and two facts; a button unfolds the rest under it, each with its column's name.
import { once } from "./once.ts";

function heading(table: HTMLTableElement, cell: HTMLTableCellElement): string {
  const heads = table.tHead?.querySelector<HTMLTableRowElement>("tr:last-child")?.cells;
  return heads?.[cell.cellIndex]?.textContent?.trim() ?? "";
}

/** What a row is called: its head without marks and without the same in another language. */
function called(head: HTMLElement): string {
  const own = head.cloneNode(true) as HTMLElement;
  for (const aside of own.querySelectorAll("[lang], .mark")) aside.remove();
  return (own.textContent?.trim() || head.textContent?.trim()) ?? "";
}

function unfold(table: HTMLTableElement, row: HTMLTableRowElement): HTMLTableRowElement {
  const list = document.createElement("dl");
  for (const cell of row.cells) {
    if (!cell.classList.contains("more") || cell.hidden) continue;
    const [pair, name, value] = [document.createElement("div"), document.createElement("dt"), document.createElement("dd")];
    name.textContent = heading(table, cell);
    value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
    for (const named of value.querySelectorAll("[id]")) named.removeAttribute("id");
    pair.append(name, value);
    list.append(pair);
  }
  const unfolded = document.createElement("tr");
  unfolded.className = "unfolded";
  const cell = unfolded.insertCell();
  cell.colSpan = row.cells.length;
  cell.append(list);
  row.after(unfolded);
  return unfolded;
}

function attach(table: HTMLTableElement): void {
  for (const row of table.querySelectorAll<HTMLTableRowElement>("tbody tr:not(.group, .unfolded)")) {
    const head = row.querySelector<HTMLElement>('th[scope="row"]');
    if (!head || head.querySelector(".unfold") || !row.querySelector(".more")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", `${table.dataset["unfold"] ?? ""} ${called(head)}`.trim());
    let below: HTMLTableRowElement | null = null;
    button.addEventListener("click", () => {
      if (below) below.remove();
      below = below ? null : unfold(table, row);
      button.setAttribute("aria-expanded", String(below !== null));
    });
    head.append(button);
  }
}

/** Attaches to `table.table` with `.more` cells. */
export function attachUnfold(root: ParentNode): void {
  once<HTMLTableElement>(root, "unfold", "table.table").forEach(attach);
}
