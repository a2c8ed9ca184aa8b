// Asks before a form with unsaved changes is left. The browser shows its own words.
import { once } from "./once.ts";

function state(form: HTMLFormElement): string {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
}

function attach(form: HTMLFormElement): void {
  const before = state(form);
  let leaving = false;
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && form.isConnected && state(form) !== before) event.preventDefault();
  });
}

/** Attaches to `form[data-guard]`. */
export function attachGuard(root: ParentNode): void {
  once<HTMLFormElement>(root, "guard", "form[data-guard]").forEach(attach);
}
