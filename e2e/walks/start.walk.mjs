// Starting and stopping: what the first line of the server says, and that it goes when it is told to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { platform } from "../harness/platform.mjs";

test("the demonstration names its address and sample accounts, answers, and stops", async () => {
  const demo = await platform();
  try {
    assert.match(demo.address, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(demo.accounts.length >= 4);
    for (const { role, login, password } of demo.accounts) assert.ok(role && login && password);
    assert.equal((await fetch(`${demo.address}/healthz`)).status, 200);
    assert.equal((await fetch(`${demo.address}/readyz`)).status, 200);
  } finally {
    assert.equal(await demo.stop(), 0, demo.log());
  }
});
