// After a form comes back with errors, reading begins at their summary; its links go into the field.

/** Attaches to `.error-summary`. */
export function attachErrors(page: Document): void {
  const summary = page.querySelector<HTMLElement>(".error-summary");
  summary?.focus();
  summary?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    const field = link && page.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}
