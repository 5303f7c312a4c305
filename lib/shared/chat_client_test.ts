import { deepStrictEqual as equals, match, strictEqual as same } from "node:assert";
import { backoff, newRequestId, parseEvent, postTurn } from "./chat_client.ts";

Deno.test("parseEvent() adds the event's type", () => {
  equals(parseEvent("delta", '{"text":"a"}'), { type: "delta", text: "a" });
  equals(parseEvent("reload", "{}"), { type: "reload" });
});

Deno.test("parseEvent() keeps a problem's own type apart", () => {
  const event = parseEvent("error", '{"type":"/problems/limited","title":"Slow down"}');
  equals(event, { type: "error", problem: "/problems/limited", title: "Slow down" });
});

Deno.test("parseEvent() is null for unknown events", () => {
  for (const data of ["", "{", "null", "1"]) same(parseEvent("delta", data), null);
  same(parseEvent("other", "{}"), null);
});

Deno.test("newRequestId() is 32 hex digits and unique", () => {
  match(newRequestId(), /^[0-9a-f]{32}$/);
  same(newRequestId() === newRequestId(), false);
});

Deno.test("backoff() grows to half a minute, half of it random", () => {
  equals([0, 1, 2, 9].map((attempt) => backoff(attempt, () => 0)), [500, 1000, 2000, 15_000]);
  equals([0, 1, 2, 9].map((attempt) => backoff(attempt, () => 1)), [1000, 2000, 4000, 30_000]);
});

const turn = { toolId: "t", requestId: "r", action: "send", message: "Hi" } as const;

/** Runs `work` against a server with the given answers; null is a lost connection. */
async function against(answers: (Response | null)[], work: () => Promise<void>) {
  const original = globalThis.fetch;
  globalThis.fetch = () => {
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError("lost"));
  };
  try {
    await work();
  } finally {
    globalThis.fetch = original;
  }
}

Deno.test("postTurn() resolves to the turn that the server began", async () => {
  await against([Response.json({ turnId: "a" }, { status: 202 })], async () => {
    equals(await postTurn(turn), { taken: true, turnId: "a" });
  });
});

Deno.test("postTurn() sends the same message again after a lost connection", async () => {
  const answers = [null, Response.json({ turnId: "a" }, { status: 202 })];
  await against(answers, async () => {
    equals(await postTurn(turn), { taken: true, turnId: "a" });
  });
  same(answers.length, 0);
});

Deno.test("postTurn() stops retrying once the turn's events have come", async () => {
  const answers = [null, Response.json({ turnId: "another" }, { status: 202 })];
  let asked = 0;
  await against(answers, async () => {
    equals(await postTurn(turn, () => asked++ === 0 ? null : "a"), { taken: true, turnId: "a" });
  });
  same(answers.length, 1);
});

Deno.test("postTurn() returns why and for how long it was refused", async () => {
  const problem = { type: "/problems/limited", detail: "Too fast.", retryable: true };
  const answer = Response.json(problem, {
    status: 429,
    headers: { "retry-after": "12" },
  });
  await against([answer], async () => {
    equals(await postTurn(turn), {
      taken: false,
      kind: "limited",
      detail: "Too fast.",
      retryable: true,
      seconds: 12,
    });
  });
});

Deno.test("postTurn() gives up in the end", async () => {
  await against([null], async () => {
    const outcome = await postTurn(turn, () => null, () => Promise.resolve(false), false, 1);
    same(outcome?.taken, false);
  });
});

Deno.test("postTurn() hands over a message that waits behind others without an attempt", async () => {
  await against([], async () => {
    same(await postTurn(turn, () => null, () => Promise.resolve(true), true), null);
  });
});

Deno.test("postTurn() names the status of an answer that is no problem of ours", async () => {
  await against([new Response("<h1>Too large</h1>", { status: 413 })], async () => {
    const outcome = await postTurn(turn);
    equals(outcome && !outcome.taken && [outcome.kind, outcome.detail], ["413", ""]);
  });
});

Deno.test("postTurn() hands a message over once it had no answer, and posts it no more", async () => {
  const answers = [null, Response.json({ turnId: "a" }, { status: 202 })];
  await against(answers, async () => {
    same(await postTurn(turn, () => null, () => Promise.resolve(true)), null);
  });
  same(answers.length, 1);
});
