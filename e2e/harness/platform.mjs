// A platform of its own for each walk: the built binary on a free port, with the demonstration, in a temporary folder.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../target/debug/biaochi", import.meta.url));

/** The binary under test. */
export function binary() {
  const path = process.env.BIAOCHI_BINARY ?? BUILT;
  if (!existsSync(path)) throw new Error(`${path} is not there: cargo build --package biaochi`);
  return path;
}

/**
 * Starts a platform.
 * @returns {Promise<{address: string, accounts: {role: string, login: string, password: string, key: string}[],
 *   log: () => string, stop: () => Promise<number | null>}>}
 */
export async function platform({ demo = true, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "biaochi-walk-"));
  const words = ["serve", "--listen", "127.0.0.1:0", "--data", folder, "--format", "json"];
  if (demo) words.push("--demo");
  const server = spawn(binary(), words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text) => (log += text));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const lines = createInterface({ input: server.stdout });
  const line = await Promise.race([new Promise((resolve) => lines.once("line", resolve)), ended.then(() => null)]);
  if (line === null) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`the platform did not start:\n${log}`);
  }
  const { address, accounts } = JSON.parse(line);
  return {
    address,
    accounts,
    log: () => log,
    async stop() {
      server.kill("SIGTERM");
      const status = await ended;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

/** The platform that the run shares (a start costs seconds); a walk that is run alone has its own. `stop` ends only the latter. */
export async function shared() {
  const started = process.env.BIAOCHI_WALKED;
  return started ? { ...JSON.parse(started), stop: async () => null } : platform();
}

/** The sample account with a login. */
export function account(accounts, login) {
  const found = accounts.find((each) => each.login === login);
  if (!found) throw new Error(`no sample account is ${login}: ${accounts.map((each) => each.login).join(", ")}`);
  return found;
}
