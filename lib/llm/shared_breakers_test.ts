import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import type { Breakers } from "./breaker.ts";
import { ProviderError } from "./provider.ts";
import { llmKeys } from "./records.ts";
import { LONGEST_PAUSE_MS } from "./rules/breaker.ts";
import { SharedBreakers } from "./shared_breakers.ts";

const REF = { provider: "mock", model: "m" };

function failThrice(breakers: Breakers, details: ProviderError["details"] = {}): void {
  for (let i = 0; i < 3; i++) {
    const call = breakers.begin(REF);
    const fault = details.status === 401 ? "refused" : "down";
    call?.failed(new ProviderError(fault, "m", details));
    call?.end();
  }
}

Deno.test("SharedBreakers tell other processes of a pause within seconds, and of a test that ends it", async () => {
  await using files = await scratch();
  await using one = await openWorld({ path: files.store });
  await using other = await openWorld({ path: files.store });
  failThrice(one.deps.breakers);
  await until("the other process", () => Promise.resolve(!other.deps.breakers.admits(REF)), 15_000);
  const [state] = other.deps.breakers.states();
  const [own] = one.deps.breakers.states();
  assertEquals([state?.phase, state?.until], ["open", own?.until]);
  await new SharedBreakers(one.deps).reset("mock");
  await until("the other process", () => Promise.resolve(other.deps.breakers.admits(REF)), 15_000);
  assert.ok(one.deps.breakers.admits(REF));
});

Deno.test("SharedBreakers believe a stored claim for five minutes at most, and no damaged one", async () => {
  await using files = await scratch();
  await using one = await openWorld({ path: files.store });
  await using other = await openWorld({ path: files.store });
  const now = Date.now();
  const { transactions, kv } = one.deps.store;
  const claim = { process: "elsewhere", at: now, until: now * 10, openings: 2 };
  await transactions.run([], (tx) => tx.set(llmKeys.breaker("mock", "m"), claim));
  await kv.commit(kv.atomic().set(llmKeys.breaker("mock", "n").path, { until: "never" }));
  const { breakers } = other.deps;
  await until("the claim", () => Promise.resolve(!breakers.admits(REF)), 15_000);
  assert.ok(breakers.opensAt(REF) <= Date.now() + LONGEST_PAUSE_MS);
  assert.ok(breakers.admits({ provider: "mock", model: "n" }));
});

Deno.test("SharedBreakers keep to one process that its key is refused", async () => {
  await using world = await openWorld();
  failThrice(world.deps.breakers, { status: 401 });
  await until("the alert", () =>
    Promise.resolve(
      world.logged.some(({ message, details }) =>
        message === "Alert" && details?.code === "key_refused"
      ),
    ));
  const rows = await world.deps.store.kv.list(
    { prefix: ["breaker"] },
    (path) => llmKeys.breaker(String(path[1]), String(path[2])),
  );
  assertEquals(rows.length, 0);
});
