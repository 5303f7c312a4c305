import fc from "fast-check";
import { z } from "zod";
import { EFFORTS } from "@/lib/llm/rules/effort.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { storeExperiment } from "@/tests/support/experiments.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { LETTERS } from "../../shared/views/experiment_view.ts";
import { storeKeys } from "../../store/records.ts";
import { DEFAULT_TOOLS } from "../../tools/rules/defaults/default_tools.ts";
import { toolKeys } from "../../tools/records.ts";
import { isUnseen, lineOf } from "../../shared/truncate_line.ts";
import type { ExperimentPlan } from "../rules/experiment_form.ts";
import { experimentEntry, planInFile } from "./rules/experiment_file.ts";
import { originalPlan } from "./rules/original_plan.ts";

const ADA = "ada@example.org";
const TOOL = "math-tutor";

const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });
const content = fc.record({
  systemPrompt: text(300),
  model: fc.constantFrom("gpt-4o", "gpt-4o-mini"),
  effort: fc.constantFrom(...EFFORTS, null),
  temperature: fc.double({ min: 0, max: 2, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  maxTokens: fc.integer({ min: 1, max: 8_192 }),
}, { noNullPrototype: true });

/** Any plan that can be saved. */
const anyPlan: fc.Arbitrary<ExperimentPlan> = fc.record({
  name: text(60).map(lineOf).filter((name) => !isUnseen(name)),
  measure: fc.oneof(
    fc.constantFrom("rated" as const, "link" as const, "export" as const, "return" as const)
      .map((code) => ({ code })),
    fc.integer({ min: 2, max: 50 }).map((turns) => ({ code: "turns" as const, turns })),
    text(40).filter((phrase) => phrase !== "")
      .map((phrase) => ({ code: "phrase" as const, phrase })),
  ),
  include: fc.integer({ min: 1, max: 100 }),
  days: fc.option(fc.integer({ min: 1, max: 365 })),
  guard: fc.boolean(),
  others: fc.array(fc.record({ note: text(50), content }), { minLength: 1, maxLength: 4 }),
}, { noNullPrototype: true }).map(({ others, ...plan }) => {
  const share = Math.floor(100 / (others.length + 1));
  const letters = LETTERS.slice(1, others.length + 1);
  return {
    ...plan,
    variants: [
      { letter: "A" as const, note: "", share: 100 - share * others.length },
      ...letters.map((letter, i) => ({ letter, note: others[i]?.note ?? "", share })),
    ],
    contents: Object.fromEntries(letters.map((letter, i) => [letter, others[i]?.content])),
  };
});

async function drafts(world: World) {
  const { waiting } = await world.services.experiments.list();
  return waiting.map(({ name, tool, imported, state }) => ({
    name,
    tool: tool.id,
    imported,
    state,
  }));
}

Deno.test("planInFile() reads what experimentEntry() wrote, for 300 random plans", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      assertEquals(planInFile(JSON.parse(JSON.stringify(experimentEntry(plan)))), plan);
    }),
    { numRuns: 300 },
  );
});

Deno.test("planInFile() refuses shares that are not 100 together, and any other value", () => {
  const entry = {
    name: "x",
    measure: { code: "rated" },
    include: 100,
    days: null,
    guard: true,
    variants: [{ note: "", share: 50 }, {
      note: "",
      share: 40,
      systemPrompt: "",
      model: "m",
      effort: null,
      temperature: 1,
      maxTokens: 1,
    }],
  };
  assertEquals(planInFile(entry), null);
  fc.assert(fc.property(fc.jsonValue(), (value) => planInFile(value) === null));
});

Deno.test("originalPlan() maps the original's split and duration", () => {
  const tool = {
    name: "Tutor",
    systemPrompt: "Old",
    model: "m",
    effort: null,
    temperature: 1,
    maxTokens: 9,
  };
  const plan = (split: string, duration: string) => {
    const found = originalPlan({ prompt: "New", split, duration }, tool);
    return found && [found.variants.map(({ share }) => share), found.days];
  };
  const cases: [split: string, duration: string, shares: number[], days: number | null][] = [
    ["50-50", "1-week", [50, 50], 7],
    ["70-30", "2-weeks", [70, 30], 14],
    ["80-20", "1-month", [80, 20], 30],
    ["90-10", "", [90, 10], null],
    ["60-50", "for ever", [50, 50], null],
    ["", "1-week", [50, 50], 7],
  ];
  for (const [split, duration, ...expected] of cases) {
    assertEquals(plan(split, duration), expected);
  }
  assertEquals(originalPlan({ prompt: "New" }, tool)?.contents, {
    B: { systemPrompt: "New", model: "m", effort: null, temperature: 1, maxTokens: 9 },
  });
  assertEquals(originalPlan({ prompt: " ", split: "70-30" }, tool), null);
  assertEquals(originalPlan(undefined, tool), null);
});

Deno.test("ToolTransfer.export() with experiments is equal to the byte after an import elsewhere", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPlan, { minLength: 1, maxLength: 3 }), async (plans) => {
      await using here = await openWorld();
      for (const [i, plan] of plans.entries()) {
        const state = i === 0 ? "running" : "ended";
        const id = `experimen${i}`;
        await storeExperiment(here.deps.store, { ...plan, id, tool: TOOL, state });
      }
      const text = await here.services.tools.transfer.export();
      await using there = await openWorld();
      const { transfer } = there.services.tools;
      assertEquals((await transfer.import(ADA, text)).changed, [TOOL]);
      assertEquals(await transfer.export(), text);
      const found = await drafts(there);
      assert.ok(found.length > 0);
      assert.ok(found.every(({ imported, state }) => imported && state === "draft"));
      // The same file again brings nothing.
      assertEquals(await transfer.import(ADA, text), { created: [], changed: [] });
      // Only experiments came, so the tool has no new version.
      assertEquals((await there.deps.store.tools.get(TOOL))?.version, 1);
    }),
    { numRuns: 10 },
  );
});

Deno.test("ToolTransfer.import() makes a draft of the original's A/B test, in the tools' commit", async () => {
  await using world = await openWorld();
  const { transfer } = world.services.tools;
  const file = JSON.stringify([{
    id: "new-tutor",
    name: "New Tutor",
    description: "",
    systemPrompt: "You teach.",
    model: "gpt-4o-mini",
    temperature: 0.3,
    maxTokens: 1500,
    isActive: true,
    orderIndex: 4,
    costCeiling: 1,
    abTestingEnabled: true,
    abTestPrompt: "You teach kindly.",
    abTestSplit: "70-30",
    abTestDuration: "2-weeks",
  }]);
  const plan = await transfer.plan(file);
  const notes = plan.items.flatMap((item) => "notes" in item ? item.notes : []);
  assert.match(notes.join(" "), /come as drafts: A\/B test of New Tutor/);
  await assertRejects(() => transfer.import(ADA, file, "another version"), "tools.changed");
  assertEquals(await drafts(world), []);
  await transfer.import(ADA, file, plan.seen);
  assertEquals(await drafts(world), [
    { name: "A/B test of New Tutor", tool: "new-tutor", imported: true, state: "draft" },
  ]);
  const [draft] = await world.deps.store.experiments.list();
  assertEquals(draft?.variants.map(({ share }) => share), [70, 30]);
  assertEquals(draft?.contents.B?.systemPrompt, "You teach kindly.");
});

Deno.test("testsToDrafts() makes a draft of a test that a tool kept, once", async () => {
  await using files = await scratch();
  const path = files.store;
  const [before] = DEFAULT_TOOLS("gpt-4o-mini").filter(({ id }) => id === TOOL);
  assert.ok(before);
  {
    await using world = await openWorld({ path });
    const { store } = world.deps;
    const experiment = {
      enabled: true,
      prompt: "Kindly.",
      split: "80-20",
      duration: "1-week",
      preview: false,
    };
    const { effort: _effort, ...old } = before;
    await store.transactions.run([], (tx) => {
      tx.set({ ...toolKeys.tool(TOOL), schema: z.unknown() }, { ...old, experiment });
      tx.set(storeKeys.schema(), 4);
    });
  }
  {
    await using world = await openWorld({ path });
    const [draft] = await world.deps.store.experiments.list();
    assertEquals([draft?.tool, draft?.days, draft?.imported], [TOOL, 7, true]);
    assertEquals(draft?.contents, {
      B: {
        systemPrompt: "Kindly.",
        model: before.model,
        effort: null,
        temperature: before.temperature,
        maxTokens: before.maxTokens,
      },
    });
    await world.services.experiments.remove(ADA, draft?.id ?? "");
  }
  await using world = await openWorld({ path });
  assertEquals(await world.deps.store.experiments.list(), []);
});

Deno.test("ToolTransfer.plan() leaves out an experiment whose name is anything but text, and says so", async () => {
  await using world = await openWorld();
  const { transfer } = world.services.tools;
  const file: { tools: Record<string, unknown>[] } = JSON.parse(await transfer.export([TOOL]));
  const names = [{ toString: null, valueOf: null }, ["a"], 7, "c".repeat(100)];
  const [tool = {}] = file.tools;
  const experiments = names.map((name) => ({ name }));
  const { items } = await transfer.plan(
    JSON.stringify({ ...file, tools: [{ ...tool, name: "Another", experiments }] }),
  );
  const notes = items.flatMap((item) => "notes" in item ? item.notes : []);
  assertEquals(
    notes,
    ["", "", "", "c".repeat(80)].map((name) =>
      `The experiment “${name}” is not right and is left out.`
    ),
  );
});
