// Copies a text, and says so on the button for two seconds.

async function copy(button: HTMLElement): Promise<void> {
  const from = button.dataset["copyFrom"];
  const text = button.dataset["copy"] ?? (from ? document.querySelector(from)?.textContent?.trim() : undefined);
  if (text === undefined) return;
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset["copied"] ?? before;
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
}

/** Listens for `[data-copy]` and `[data-copy-from]`. */
export function attachCopy(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy], [data-copy-from]") : null;
    if (button && button.getAttribute("aria-live") !== "polite") void copy(button).finally(() => setTimeout(() => button.removeAttribute("aria-live"), 2100));
  });
}
