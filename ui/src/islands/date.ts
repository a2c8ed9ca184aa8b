// The date control goes to the chosen day when the day is whole; typing the year digit by digit does not, and shows the
// button meanwhile.
import { once } from "./once.ts";

function attach(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('input[type="date"]');
  if (!field) return;
  const was = field.value;
  let typed = false;
  const go = (): void => {
    if (field.value !== was && field.checkValidity() && (field.value === "" || field.value >= "1900")) form.requestSubmit();
  };
  field.addEventListener("input", () => form.classList.toggle("is-changed", field.value !== was));
  field.addEventListener("keydown", (event) => {
    typed = event.key !== "Enter";
    if (event.key === "Enter") {
      event.preventDefault();
      go();
    }
  });
  field.addEventListener("change", () => {
    if (!typed) go();
  });
  field.addEventListener("pointerdown", () => {
    typed = false;
  });
  field.addEventListener("blur", go);
  form.addEventListener("submit", () => {
    // No empty `as_of=` in the address: today is the address without it.
    if (field.value === "") field.disabled = true;
  });
}

/** Attaches to `form.date-control`. */
export function attachDate(root: ParentNode): void {
  once<HTMLFormElement>(root, "date", "form.date-control").forEach(attach);
}
