// Bundles styles and islands into dist/. `node build.mjs --watch` does so on every change.
import { context } from "esbuild";
import { tokensCss } from "./src/styles/tokens.mjs";

const tokens = {
  name: "tokens",
  setup(build) {
    build.onResolve({ filter: /^tokens$/ }, () => ({ path: "tokens", namespace: "tokens" }));
    build.onLoad({ filter: /.*/, namespace: "tokens" }, () => ({ contents: tokensCss(), loader: "css" }));
  },
};

const bundle = await context({
  absWorkingDir: import.meta.dirname,
  entryPoints: [
    { in: "src/styles/biaochi.css", out: "biaochi" },
    { in: "src/islands/biaochi.ts", out: "biaochi" },
  ],
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  // Chromium-based browsers in offices are some years behind.
  target: ["chrome100", "firefox115", "safari16"],
  outdir: "dist",
  plugins: [tokens],
  logLevel: "info",
});
if (process.argv.includes("--watch")) {
  await bundle.watch();
} else {
  await bundle.rebuild();
  await bundle.dispose();
}
