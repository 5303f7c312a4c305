import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type BreakerChange, Breakers } from "./breaker.ts";
import { ProviderError } from "./provider.ts";

const LUNA = { provider: "openai", model: "gpt-6-luna" };
const SOL = { provider: "openai", model: "gpt-6-sol" };
const HAIKU = { provider: "anthropic", model: "claude-haiku-5-5" };
const DOWN = new ProviderError("down", "m", { status: 503 });
const KEY = new ProviderError("refused", "m", { status: 401 });

function stage() {
  const now = { ms: 1_000_000 };
  const breakers = new Breakers(() => now.ms, () => 0.5);
  const changes: BreakerChange[] = [];
  breakers.onChange((change) => changes.push(change));
  const fail = (ref: typeof LUNA, error = DOWN, times = 1) => {
    for (let i = 0; i < times; i++) {
      const call = breakers.begin(ref, true);
      call?.failed(error);
      call?.end();
    }
  };
  return { now, breakers, changes, fail };
}

Deno.test("Breakers are apart by provider and model, and tell each change", () => {
  const { breakers, changes, fail, now } = stage();
  fail(LUNA, DOWN, 3);
  equal([LUNA, SOL, HAIKU].map((each) => breakers.admits(each)), [false, true, true]);
  equal(breakers.begin(LUNA), null);
  equal(breakers.opensAt(LUNA), now.ms + 15_000);
  now.ms += 15_000;
  const trial = breakers.begin(LUNA);
  equal(breakers.begin(LUNA), null, "one trial at a time");
  trial?.answered();
  trial?.end();
  ok(breakers.admits(LUNA));
  equal(changes.map(({ from, phase }) => [from, phase]), [
    ["closed", "open"],
    ["open", "half_open"],
    ["half_open", "closed"],
  ]);
  equal(changes[0]?.fault, "down");
});

Deno.test("A refused key shuts all models of a provider until a test succeeds or a forced call is answered", () => {
  const { breakers, changes, fail, now } = stage();
  fail(LUNA, KEY);
  now.ms += 86_400_000;
  equal([LUNA, SOL, HAIKU].map((each) => breakers.admits(each)), [false, false, true]);
  const [change] = changes;
  equal([change?.provider, change?.model, change?.needsPerson], ["openai", "*", true]);
  breakers.reset("openai");
  equal([LUNA, SOL].map((each) => breakers.admits(each)), [true, true]);
  fail(SOL, KEY);
  const call = breakers.begin(LUNA, true);
  call?.answered();
  call?.end();
  ok(breakers.admits(SOL));
});

Deno.test("A call without a verdict of its provider's counts in no way, and gives its trial back", () => {
  const { breakers, fail, now } = stage();
  fail(LUNA, new ProviderError("refused", "m", { status: 400 }), 20);
  ok(breakers.admits(LUNA));
  fail(LUNA, DOWN, 3);
  now.ms += 15_000;
  const stopped = breakers.begin(LUNA);
  stopped?.end();
  const refused = breakers.begin(LUNA);
  refused?.failed(new ProviderError("refused", "m", { status: 400 }));
  refused?.end();
  ok(breakers.begin(LUNA));
});

Deno.test("A reply that breaks off after its first text counts twice: as an answer and as a failure", () => {
  const { breakers } = stage();
  for (let i = 0; i < 5; i++) {
    const call = breakers.begin(LUNA);
    call?.answered();
    call?.failed(new ProviderError("broken", "m", { generated: true }));
    call?.end();
  }
  equal(breakers.admits(LUNA), false);
});

Deno.test("Breakers.errors() counts failed calls by provider and fault", () => {
  const { breakers, fail } = stage();
  fail(LUNA, DOWN, 2);
  fail(SOL, KEY);
  fail(HAIKU, new ProviderError("filtered", "m"));
  equal(breakers.errors(), [
    { provider: "openai", kind: "down", count: 2 },
    { provider: "openai", kind: "refused", count: 1 },
    { provider: "anthropic", kind: "filtered", count: 1 },
  ]);
});
