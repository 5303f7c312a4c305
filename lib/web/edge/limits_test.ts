import fc from "fast-check";
import { AppError } from "../../platform/errors.ts";
import { admit } from "../../limits/rules/rate.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { rateHeaders, refusedHeaders } from "./limits.ts";

const rate = { limit: 20, windowMs: 60_000 };

Deno.test("rateHeaders() has the policy, the remaining quota and when it grows", () => {
  const state = admit([40_000], 50_000, rate);
  assertEquals(rateHeaders("chat", rate, state, 50_000), [
    ["ratelimit-policy", '"chat";q=20;w=60'],
    ["ratelimit", '"chat";r=18;t=50'],
  ]);
});

Deno.test("refusedHeaders() is for the limit's own refusal only", () => {
  const limited = new AppError("limited", { code: "server.busy" }, { retryAfterMs: 2_100 });
  assertEquals(refusedHeaders("chat", rate, limited).at(1), ["ratelimit", '"chat";r=0;t=3']);
  for (const other of [new AppError("over_budget", { code: "budget.held" }), new Error(), null]) {
    assertEquals(refusedHeaders("chat", rate, other), []);
  }
});

Deno.test("rateHeaders() names a time after which at least one request is allowed", () => {
  fc.assert(fc.property(fc.array(fc.nat(9_000), { minLength: 1, maxLength: 60 }), (pauses) => {
    let now = 0, times: number[] = [];
    for (const pause of pauses) {
      now += pause;
      const state = admit(times, now, rate);
      times = state.times;
      const [, field] = rateHeaders("chat", rate, state, now);
      const [, left, seconds] = /r=(\d+);t=(\d+)$/.exec(field?.[1] ?? "") ?? [];
      assertEquals(Number(left), state.remaining);
      const later = admit(times, now + Number(seconds) * 1_000, rate);
      assert.ok(later.admitted && later.remaining >= state.remaining, field?.[1]);
    }
  }));
});
