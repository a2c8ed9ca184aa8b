// The colours of the product, each by what it means. Four columns: light, dark, and both in high contrast.
// The build turns this table into custom properties; the test computes the contrast of the pairs below.

/** name: [light, dark, high contrast light, high contrast dark] */
export const TOKENS = {
  // Paper, from the page to what lies deeper.
  paper: ["#fbfaf7", "#14171a", "#ffffff", "#000000"],
  sheet: ["#ffffff", "#1a1e22", "#ffffff", "#000000"],
  wash: ["#f2f0ea", "#23282d", "#f0f0f0", "#1a1a1a"],
  // Ink, from text to hairlines. `edge` outlines what can be filled in or pressed.
  ink: ["#1a2026", "#e6e8ea", "#000000", "#ffffff"],
  muted: ["#55606b", "#a8b1ba", "#262b30", "#e0e4e8"],
  edge: ["#77818b", "#7c8791", "#000000", "#ffffff"],
  line: ["#dedbd3", "#343a41", "#55606b", "#a8b1ba"],
  // What can be acted on.
  action: ["#0b6b64", "#5ec4b8", "#00443f", "#86e5da"],
  "action-strong": ["#084f4a", "#84d8ce", "#002b28", "#b5f3ec"],
  "on-action": ["#ffffff", "#06201e", "#ffffff", "#000000"],
  "action-wash": ["#e3f0ee", "#16312e", "#e3f0ee", "#0c2422"],
  link: ["#1a4fa3", "#8fb8f9", "#00327d", "#b5d1ff"],
  focus: ["#1a4fa3", "#ffd166", "#000000", "#ffe08a"],
  // Soon, and the red of seals: official acts and overdue.
  soon: ["#8a4b00", "#f0b35a", "#5c3200", "#ffcb7d"],
  "soon-wash": ["#fbeeda", "#35280f", "#fff4e0", "#261b06"],
  seal: ["#b3261e", "#ff9189", "#8a0f08", "#ffb3ad"],
  "on-seal": ["#ffffff", "#2a0505", "#ffffff", "#000000"],
  "seal-wash": ["#fbe9e7", "#3a1b19", "#ffeeec", "#2c0d0b"],
  // What came and what went.
  added: ["#14532d", "#a3e2b7", "#0b3a1e", "#c1f2d0"],
  "added-wash": ["#dff2e4", "#16321f", "#e4f7e9", "#0a2413"],
  removed: ["#7f1d1d", "#f7b4ae", "#5f0f0f", "#ffcfca"],
  "removed-wash": ["#fbe3e1", "#3a1b1b", "#ffe9e7", "#2b0f0f"],
  // Five levels of tiles and matrix cells, and the text on the weak and on the strong ones.
  "level-0": ["#ffffff", "#1a1e22", "#ffffff", "#000000"],
  "level-1": ["#d3e6e3", "#1b3432", "#dceeeb", "#0f2b29"],
  "level-2": ["#9cc9c3", "#27524e", "#a9d6d0", "#1f4a46"],
  "level-3": ["#2f7d75", "#5ab0a6", "#1c625b", "#74cfc5"],
  "level-4": ["#0b544f", "#9adbd2", "#003d39", "#b8f5ed"],
  "on-low": ["#1a2026", "#e6e8ea", "#000000", "#ffffff"],
  "on-high": ["#ffffff", "#06201e", "#ffffff", "#000000"],
  light: ["#7fb5ae", "#3f7d76", "#7fb5ae", "#2f6b65"],
  "on-light": ["#1a2026", "#ffffff", "#000000", "#ffffff"],
};

/** Text on ground: at least 4.5 in every mode, 7 in high contrast where the last item says so. */
export const TEXT_PAIRS = [
  ...["paper", "sheet", "wash"].flatMap((ground) => [
    ["ink", ground, 7],
    ["muted", ground, 7],
    ["link", ground, 7],
    ["action", ground, 7],
    ["soon", ground, 7],
    ["seal", ground, 7],
  ]),
  ["on-action", "action", 7],
  ["on-action", "action-strong", 7],
  ["on-seal", "seal", 7],
  ["ink", "action-wash", 7],
  ["muted", "action-wash", 7],
  ["action", "action-wash", 4.5],
  ["link", "action-wash", 4.5],
  ["ink", "soon-wash", 7],
  ["soon", "soon-wash", 7],
  ["link", "soon-wash", 7],
  ["muted", "soon-wash", 7],
  ["ink", "seal-wash", 7],
  ["seal", "seal-wash", 7],
  ["link", "seal-wash", 7],
  ["muted", "seal-wash", 7],
  ["added", "added-wash", 7],
  ["removed", "removed-wash", 7],
  ["on-low", "level-0", 7],
  ["on-low", "level-1", 7],
  ["on-low", "level-2", 4.5],
  ["on-high", "level-3", 4.5],
  ["on-high", "level-4", 7],
  ["on-light", "light", 4.5],
  ["paper", "ink", 7],
];

/** Outlines and shapes beside their ground: at least 3. */
export const SHAPE_PAIRS = [
  ["edge", "paper"],
  ["edge", "sheet"],
  ["edge", "wash"],
  ["focus", "paper"],
  ["focus", "sheet"],
  ["focus", "wash"],
  ["focus", "action-wash"],
  ["action", "action-wash"],
];

const COLUMNS = ["light", "dark", "high contrast light", "high contrast dark"];

function block(first) {
  return Object.entries(TOKENS)
    .map(([name, values]) => `  --${name}: light-dark(${values[first]}, ${values[first + 1]});`)
    .join("\n");
}

/** The style sheet of the tokens. A browser without light-dark() gets the light column. */
export function tokensCss() {
  const plain = Object.entries(TOKENS)
    .map(([name, values]) => `  --${name}: ${values[0]};`)
    .join("\n");
  return `:root {
  color-scheme: light dark;
${plain}
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
@supports (color: light-dark(#000, #fff)) {
  :root {
${block(0)}
  }
  @media (prefers-contrast: more) {
    :root {
${block(2)}
    }
  }
  :root[data-contrast="more"] {
${block(2)}
  }
}
@media print {
  :root, :root[data-theme], :root[data-contrast] { color-scheme: light; }
}
`;
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours by WCAG 2.2. */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Every pair in every mode that falls short: `{ mode, text, ground, is, needs }`. */
export function shortfalls() {
  const found = [];
  COLUMNS.forEach((mode, column) => {
    for (const [text, ground, high] of TEXT_PAIRS) {
      const needs = column >= 2 ? high : 4.5;
      const is = contrast(TOKENS[text][column], TOKENS[ground][column]);
      if (is < needs) found.push({ mode, text, ground, is: is.toFixed(2), needs });
    }
    for (const [text, ground] of SHAPE_PAIRS) {
      const is = contrast(TOKENS[text][column], TOKENS[ground][column]);
      if (is < 3) found.push({ mode, text, ground, is: is.toFixed(2), needs: 3 });
    }
  });
  return found;
}
