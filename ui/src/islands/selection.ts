// Counts the selected rows, selects all of the page or a range, and shows the bar only while there is something in it.
import { once } from "./once.ts";

function attach(form: HTMLFormElement): void {
  const bar = form.querySelector<HTMLElement>("[data-selection-bar]");
  const count = bar?.querySelector<HTMLElement>("[data-selection-count]");
  const boxes = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name="row"]')];
  const all = (): HTMLInputElement | null => form.querySelector<HTMLInputElement>("input[data-select-all]");
  let last: HTMLInputElement | null = null;

  const show = (): void => {
    const every = boxes();
    const chosen = every.filter((box) => box.checked);
    for (const box of every) box.closest("tr, li")?.classList.toggle("is-selected", box.checked);
    const head = all();
    if (head) {
      head.checked = chosen.length > 0 && chosen.length === every.length;
      head.indeterminate = chosen.length > 0 && chosen.length < every.length;
    }
    if (!bar) return;
    bar.hidden = chosen.length === 0;
    const words = (chosen.length === 1 ? bar.dataset["textOne"] : undefined) ?? bar.dataset["text"] ?? "{n}";
    if (count) count.textContent = words.replace("{n}", String(chosen.length));
  };

  count?.setAttribute("aria-live", "polite");
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "row") return;
    const every = boxes();
    if (event.shiftKey && last) {
      const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b) as [number, number];
      if (from >= 0) for (const other of every.slice(from, to + 1)) other.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box === all()) for (const other of boxes()) other.checked = box.checked;
    show();
  });
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("biaochi:replaced", show);
  // A page that comes back from the history keeps its ticks.
  window.addEventListener("pageshow", show);
  show();
}

/** Attaches to `form[data-selection]`. */
export function attachSelection(root: ParentNode): void {
  once<HTMLFormElement>(root, "selection", "form[data-selection]").forEach(attach);
}
