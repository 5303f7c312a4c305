import { deepStrictEqual as equal } from "node:assert/strict";
import { Breakers } from "./breaker.ts";
import { CallFigures } from "./call_figures.ts";
import { ProviderError } from "./provider.ts";

Deno.test("CallFigures counts the last day's calls of each provider, and their time to the first word", () => {
  let now = 1_000_000_000_000;
  const breakers = new Breakers(() => now);
  const figures = new CallFigures(() => now, breakers);
  const call = (provider: string, ms: number, fails = false) => {
    const call = breakers.begin({ provider, model: "m" });
    now += ms;
    if (fails) call?.failed(new ProviderError("down", "No"));
    else call?.answered();
    call?.end();
  };
  equal(figures.calls("a"), null);
  for (const ms of [300, 900, 500]) call("a", ms);
  const answered = now;
  call("a", 100, true);
  call("b", 70);
  const counts = (calls: number, failed: number) => ({
    calls,
    failed,
    firstMs: 500,
    lastAnswer: answered,
    lastFailure: answered + 100,
  });
  equal(figures.calls("a"), counts(4, 1));
  equal(figures.calls("b")?.firstMs, 70);
  now += 23 * 3_600_000;
  equal(figures.calls("a"), counts(4, 1));
  now += 3_600_000;
  equal(figures.calls("a"), counts(0, 0));
});
