import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { createLog, mask } from "./log.ts";

/** Captures standard output during `run` and the next turn of the event loop. */
async function written(run: () => void): Promise<string> {
  const real = Deno.stdout.writeSync;
  let text = "";
  let first = true;
  Deno.stdout.writeSync = (bytes) => {
    // Takes half of the first write only, as a full pipe does.
    const taken = first ? Math.ceil(bytes.length / 2) : bytes.length;
    first = false;
    text += new TextDecoder("latin1").decode(bytes.subarray(0, taken));
    return taken;
  };
  try {
    run();
    await new Promise((done) => setTimeout(done, 5));
  } finally {
    Deno.stdout.writeSync = real;
  }
  return text;
}

Deno.test("createLog() writes one JSON line per call, whole even when the pipe is full", async () => {
  const text = await written(() => {
    const log = createLog("info", () => 0);
    log("info", "request", { status: 200, path: "/" });
    log("debug", "not worth it");
    log("error", "two\nlines");
  });
  assertEquals(text.trimEnd().split("\n").map((line) => JSON.parse(line)), [
    { time: "1970-01-01T00:00:00.000Z", level: "info", message: "request", status: 200, path: "/" },
    { time: "1970-01-01T00:00:00.000Z", level: "error", message: "two\nlines" },
  ]);
});

Deno.test("createLog() survives a closed pipe", async () => {
  const real = Deno.stdout.writeSync;
  Deno.stdout.writeSync = () => {
    throw new Deno.errors.BrokenPipe();
  };
  try {
    createLog("info", () => 0)("info", "nobody reads this");
    await new Promise((done) => setTimeout(done, 5));
  } finally {
    Deno.stdout.writeSync = real;
  }
});

Deno.test("mask() hides keys, tokens and phone numbers", () => {
  const secrets = [
    "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789",
    "AC0123456789abcdef0123456789abcdef",
    "Bearer abc.def-ghi_jkl=",
    "+4915112345678",
    "whatsapp:+4915112345678",
  ];
  for (const secret of secrets) {
    const masked = mask(`{"error":"it said ${secret}, then stopped"}`);
    assert.ok(!masked.includes(secret.slice(-8)), masked);
    assert.match(masked, /\*\*\*.*then stopped"\}$/);
  }
});

Deno.test("mask() keeps lines valid JSON", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
    JSON.parse(mask(JSON.stringify(value)));
  }));
});

Deno.test("mask() leaves of an API key what admins know it by", () => {
  const key = `obt_3fAb9Xy2_${"a1B2".repeat(12)}Z`;
  for (const text of [key, `path /v1/models/${key}?x`, `"${key}"`]) {
    assertEquals(mask(text), text.replace(key, "obt_3fAb9Xy2_***"));
  }
});
