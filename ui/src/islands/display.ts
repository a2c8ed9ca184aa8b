// Contrast, theme and size of text, kept in a cookie that the server may write into the next page.

type Choice = { contrast?: string; theme?: string; text?: string };

const ALLOWED: Record<keyof Choice, readonly string[]> = {
  contrast: ["more"],
  theme: ["light", "dark"],
  text: ["large", "larger"],
};

function read(): Choice {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("display="));
  const query = new URLSearchParams(cookie ? decodeURIComponent(cookie.slice(8)) : "");
  const choice: Choice = {};
  for (const name of Object.keys(ALLOWED) as (keyof Choice)[]) {
    const value = query.get(name);
    if (value && ALLOWED[name].includes(value)) choice[name] = value;
  }
  return choice;
}

function write(choice: Choice): void {
  const value = encodeURIComponent(new URLSearchParams(choice as Record<string, string>).toString());
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `display=${value}; Path=/; SameSite=Lax; Max-Age=${value ? 31536000 : 0}${secure}`;
}

function show(choice: Choice, page: Document): void {
  for (const name of Object.keys(ALLOWED) as (keyof Choice)[]) {
    const value = choice[name];
    if (value) page.documentElement.dataset[name] = value;
    else delete page.documentElement.dataset[name];
  }
  for (const button of page.querySelectorAll<HTMLElement>("[data-display]")) {
    const [name, value] = (button.dataset["display"] ?? "").split(":");
    button.setAttribute("aria-pressed", String(choice[name as keyof Choice] === value));
  }
}

/** Attaches to `button[data-display]`. */
export function attachDisplay(page: Document): void {
  if (!page.querySelector("[data-display]")) return;
  let choice = read();
  show(choice, page);
  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-display]") : null;
    const [name, value] = (button?.dataset["display"] ?? "").split(":") as [keyof Choice, string];
    if (!ALLOWED[name]?.includes(value)) return;
    const { [name]: before, ...rest } = choice;
    choice = before === value ? rest : { ...rest, [name]: value };
    write(choice);
    show(choice, page);
  });
}
