// Shows and hides columns at once, and keeps the choice in the address: repeated `columns=`, as the form itself would.
import { once } from "./once.ts";

const NAME = "columns";

function withColumns(address: string, columns: string[]): string {
  const url = new URL(address, location.href);
  url.searchParams.delete(NAME);
  for (const column of columns) url.searchParams.append(NAME, column);
  return url.pathname + url.search + url.hash;
}

function show(menu: HTMLElement): string[] {
  const boxes = [...menu.querySelectorAll<HTMLInputElement>(`input[name="${NAME}"]`)];
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  for (const box of boxes) {
    for (const cell of document.querySelectorAll<HTMLElement>(`[data-column="${CSS.escape(box.value)}"]`)) {
      cell.hidden = !box.checked;
    }
  }
  return chosen;
}

function attach(menu: HTMLElement): void {
  menu.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.name !== NAME) return;
    const chosen = show(menu);
    history.replaceState(history.state, "", withColumns(location.href, chosen));
    // Sorting, paging and filtering keep the choice.
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a.sort, .pager a, .chips a")) {
      link.setAttribute("href", withColumns(link.href, chosen));
    }
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-auto-submit]")) {
      for (const old of form.querySelectorAll(`input[type="hidden"][name="${NAME}"]`)) old.remove();
      for (const value of chosen) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: NAME, value });
        form.append(field);
      }
    }
  });
  document.addEventListener("biaochi:replaced", () => show(menu));
}

/** Attaches to `[data-columns]`. */
export function attachColumns(root: ParentNode): void {
  once<HTMLElement>(root, "columns", "[data-columns]").forEach(attach);
}
