import { goldenKeys } from "@/lib/experiments/golden/records.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { toolFields } from "@/lib/tools/rules/tool_form.ts";
import type { GoldenRunView } from "@/lib/shared/views/golden_view.ts";
import { type Asked, isJudge } from "./answering_model.ts";
import { TOOL } from "./asking.ts";
import { assert, assertEquals } from "./assert.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

export const ADA = "ada@example.org";

/** Tells versions apart by their prompts: one that says GOOD wins. */
export function honest(asked: Asked): string {
  if (!isJudge(asked)) return asked.system.includes("GOOD") ? "a good reply" : "a bad reply";
  const { first_reply, second_reply } = JSON.parse(asked.question);
  if (first_reply === second_reply) return "SAME\nThey are alike.";
  return first_reply === "a good reply" ? "FIRST\nIt is better." : "SECOND\nIt is better.";
}

/** Writes "Question 1?" and so on. Returns their ids. */
export async function withExamples(world: World, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 1; i <= count; i++) {
    ids.push(
      await world.services.golden.saveExample(ADA, TOOL, null, {
        question: `Question ${i}?`,
        expects: "It is good.",
      }),
    );
  }
  return ids;
}

/** Runs a draft with another prompt against the version in use. */
export async function runDraft(
  world: World,
  systemPrompt: string,
  judge: "people" | "model" = "model",
  seen?: string,
): Promise<string> {
  const tool = await world.deps.store.tools.find(TOOL);
  return await world.services.golden.start(ADA, {
    tool: TOOL,
    a: { code: "version", version: tool.version },
    b: { code: "draft", fields: { ...toolFields(tool), systemPrompt } },
    judge,
    ...(seen === undefined ? {} : { seen }),
  });
}

/** A run at its end. */
export async function ended(world: World, run: string): Promise<GoldenRunView> {
  await until("the run to end", async () => {
    return (await world.services.golden.run(run)).state !== "running";
  }, 10_000);
  return await world.services.golden.run(run);
}

/** What the ledger has of all runs of a day. */
export async function goldenSpent(world: World): Promise<bigint> {
  const day = world.deps.calendar.dayOf(world.deps.clock());
  const [sum] = await world.deps.store.ledger.days("channel", "golden", [day]);
  return sum?.spent ?? 0n;
}

/** Checks that the only run's cost is the ledger's, that nothing is held, and the ledger is whole. */
export async function assertBooked(world: World, run: string): Promise<void> {
  const { store } = world.deps;
  await until("all calls to be settled", async () => {
    return (await store.kv.list({ prefix: ["running"] }, () => goldenKeys.cost(""))).length === 0;
  });
  const { spent } = await world.services.golden.run(run);
  assert.ok(spent > 0n);
  assertEquals(spent, await goldenSpent(world));
  assertEquals((await checkLedger(store)).difference, null);
}

/** Paths and contents of all records of a store in which a text stands. */
export async function recordsWith(path: string, text: string): Promise<string[]> {
  using kv = await Deno.openKv(path);
  const found: string[] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) {
    const all = `${key.join(" ")} ${Deno.inspect(value, { depth: 9, strAbbreviateSize: 1e6 })}`;
    if (all.includes(text)) found.push(key.join(" "));
  }
  return found;
}
