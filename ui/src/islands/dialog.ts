// Opens `dialog` elements; closing is theirs (`form[method=dialog]`, Escape).

/** Listens for `[data-opens]`. */
export function attachDialogs(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-opens]") : null;
    const dialog = button && page.querySelector(button.dataset["opens"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
}
