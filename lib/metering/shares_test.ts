import { assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { meteringKeys } from "./records.ts";

Deno.test("addToShare() keeps a share readable that is reset during a reply, e.g. by two clocks around midnight", async () => {
  let now = Date.UTC(2026, 5, 16, 0, 0, 1);
  const env = { PERSON_SHARE_PERCENT: "10", MOCK_PACE_MS: "10" };
  await using world = await openWorld({ env, clock: () => now });
  const { store } = world.deps;
  await ask(world, "[[mock:tokens=500]]", { wait: false });
  now -= 2_000;
  await ask(world, "[[mock:tokens=2]]", { tool: "code-helper" });
  now += 2_000;
  await ask(world, "[[mock:tokens=2]]", { tool: "math-tutor" });
  await world.services.chat.stop("v1", TOOL);
  await until("the reply to be settled", async () => {
    const [total] = await store.ledger.days("organisation", "all", ["2026-06-16"]);
    return total?.held === 0n;
  });
  const { value } = await store.kv.get(meteringKeys.personShare("v1"));
  assertEquals([value?.day, value?.all.held], ["2026-06-16", 0n]);
});
