// j k Enter x in a list, / for the search box, ? for help. Single keys can be turned off in the help (WCAG 2.1.4).

const OFF = "biaochi-keys-off";

function turnedOff(): boolean {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function turn(off: boolean): void {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // Storage is closed to us; the choice holds for this page.
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("dialog[open]")) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.matches("textarea, select");
}

function list(): HTMLElement | null {
  const within = document.activeElement?.closest<HTMLElement>("[data-list]");
  return within ?? document.querySelector<HTMLElement>("[data-list]");
}

function rows(of: HTMLElement): HTMLElement[] {
  const all = of instanceof HTMLTableElement ? of.querySelectorAll<HTMLElement>("tbody tr:not(.group, .unfolded)") : of.querySelectorAll<HTMLElement>(":scope > li");
  return [...all].filter((row) => row.getClientRects().length > 0);
}

function current(of: HTMLElement): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-list] tbody tr, [data-list] > li") ?? of.querySelector<HTMLElement>(".is-current");
}

function move(of: HTMLElement, step: number): void {
  const all = rows(of);
  const here = current(of);
  const at = here ? all.indexOf(here) : -1;
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  for (const row of of.querySelectorAll(".is-current")) row.classList.remove("is-current");
  next.classList.add("is-current");
  const target = next.querySelector<HTMLElement>("a[href]") ?? next.querySelector<HTMLElement>("input, button");
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function search(): boolean {
  const box = document.querySelector<HTMLInputElement>("[data-search]");
  box?.focus();
  box?.select();
  return box !== null;
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keyboard-help");
  dialog?.showModal();
  return dialog !== null;
}

function act(key: string): boolean {
  if (key === "/") return search();
  if (key === "?") return help();
  const of = list();
  if (!of) return false;
  const row = current(of);
  switch (key) {
    case "j":
      move(of, 1);
      return true;
    case "k":
      move(of, -1);
      return true;
    case "x":
      row?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
      return row !== null;
    case "Enter":
      // With the focus on a link or a button, Enter is theirs.
      if (!row || document.activeElement !== document.body) return false;
      row.querySelector<HTMLElement>("a[href]")?.click();
      return true;
    default:
      return false;
  }
}

/** Listens for keys on the whole page. */
export function attachListKeys(page: Document): void {
  let off = turnedOff();
  for (const box of page.querySelectorAll<HTMLInputElement>("input[data-keys-off]")) {
    box.checked = off;
    box.addEventListener("change", () => turn((off = box.checked)));
  }
  page.addEventListener("keydown", (event) => {
    if (off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (act(event.key)) event.preventDefault();
  });
  page.addEventListener("focusin", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-list] tbody tr, [data-list] > li") : null;
    if (!row) return;
    for (const other of page.querySelectorAll("[data-list] .is-current")) other.classList.remove("is-current");
    row.classList.add("is-current");
  });
}
