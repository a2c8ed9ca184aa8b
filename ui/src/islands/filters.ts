// A filter form submits itself: the results are fetched from the address that submitting would lead to, put in place,
// and the address bar follows. When anything goes wrong the form is submitted as without script.
import { once } from "./once.ts";

const DELAY = 350;

function address(form: HTMLFormElement): URL {
  const url = new URL(form.action, location.href);
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") query.append(name, value);
  }
  url.search = query.toString();
  return url;
}

async function replace(form: HTMLFormElement, url: URL, signal: AbortSignal): Promise<void> {
  const places = [...document.querySelectorAll<HTMLElement>("[data-results][id]")];
  if (places.length === 0) throw new Error("no results to replace");
  const answer = await fetch(url, { signal, headers: { accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of places) {
    const fresh = page.getElementById(place.id);
    if (!fresh) throw new Error(`no ${place.id} in the answer`);
    const focus = place.contains(document.activeElement) ? document.activeElement?.id : "";
    place.replaceChildren(...fresh.childNodes);
    place.removeAttribute("aria-busy");
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    place.dispatchEvent(new CustomEvent("biaochi:replaced", { bubbles: true }));
  }
  history.replaceState(history.state, "", url);
  if (page.title) document.title = page.title;
  say(form);
}

/** Reads the new count aloud: it stands in `[data-live]` of the results. */
function say(form: HTMLFormElement): void {
  let voice = document.querySelector<HTMLElement>("[data-voice]");
  if (!voice) {
    voice = document.createElement("p");
    voice.dataset["voice"] = "";
    voice.className = "visually-hidden";
    voice.setAttribute("role", "status");
    form.after(voice);
  }
  voice.textContent = document.querySelector("[data-results] [data-live]")?.textContent ?? "";
}

function attach(form: HTMLFormElement): void {
  if (form.method !== "get") return;
  let timer = 0;
  let running = new AbortController();
  const go = (): void => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    for (const place of document.querySelectorAll("[data-results]")) place.setAttribute("aria-busy", "true");
    replace(form, address(form), signal).catch(() => {
      if (!signal.aborted) form.submit();
    });
  };
  form.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(timer);
    timer = window.setTimeout(go, event.target instanceof HTMLSelectElement ? 0 : DELAY);
  });
  form.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = window.setTimeout(go, DELAY);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go();
  });
}

/** Attaches to `form[data-auto-submit]`. */
export function attachFilters(root: ParentNode): void {
  once<HTMLFormElement>(root, "filters", "form[data-auto-submit]").forEach(attach);
}
