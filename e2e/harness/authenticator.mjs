// The authenticator on somebody's telephone: the code of a secret at this moment (RFC 6238, SHA-1, 30 s, 6 digits).

import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes of a secret in base 32, as the page shows it. */
function bytes(base32) {
  const bits = [...base32.replaceAll(/[\s=]/g, "")].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((eight) => Number.parseInt(eight, 2)));
}

/** The code. */
export function code(secret, now = Date.now()) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac("sha1", bytes(secret)).update(step).digest();
  const from = digest[digest.length - 1] & 0xf;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
