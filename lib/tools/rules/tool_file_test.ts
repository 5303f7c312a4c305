import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { anyTools } from "@/tests/support/tool_arbitrary.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { AppError } from "../../platform/errors.ts";
import { exportTools, readToolFile } from "./tool_file.ts";
import { planImport } from "./tool_plan.ts";

const tools = DEFAULT_TOOLS("gpt-4o-mini");

/** A bulk backup of the original. */
const BULK = JSON.stringify([{
  id: "math-tutor",
  name: "Math Tutor",
  description: "Step-by-step math problem solving",
  icon: "🧮",
  systemPrompt: "You teach.",
  model: "gpt-4o-mini",
  temperature: 0.3,
  maxTokens: 1500,
  isActive: false,
  orderIndex: 4,
  costCeiling: "1.25",
  fallbackModel: "",
  abTestingEnabled: true,
  abTestPrompt: "You teach kindly.",
  abTestSplit: "70-30",
  abTestDuration: "2-weeks",
  abTestPreview: false,
}, {
  id: "Old_Tool",
  name: "Old Tool",
  description: "",
  icon: "",
  systemPrompt: "Old.",
  model: "gpt-4o",
  temperature: "0.5",
  maxTokens: 100,
  isActive: true,
  orderIndex: 1,
  costCeiling: 0.1,
}]);

/** The original's export of a single tool, which has no id. */
const SINGLE = JSON.stringify({
  name: "Math Tutor",
  description: "Sums",
  icon: "🧮",
  systemPrompt: "You teach.",
  model: "gpt-4o-mini",
  temperature: 0.3,
  maxTokens: 1500,
  costCeiling: 2,
  fallbackModel: null,
  exportedAt: "2026-01-01T00:00:00Z",
  exportedBy: "OBT Helper GPT",
  version: "1.0",
});

Deno.test("exportTools() and readToolFile() round-trip to the byte for 100 random sets", () => {
  fc.assert(
    fc.property(anyTools, (tools) => {
      const first = exportTools(tools);
      const plan = planImport(readToolFile(first), []);
      assertEquals(plan.items.filter(({ kind }) => kind !== "new"), []);
      assertEquals(exportTools([...plan.tools.values()]), first);
    }),
    { numRuns: 100 },
  );
});

Deno.test("readToolFile() accepts the original's bulk backup", () => {
  const entries = readToolFile(BULK);
  const { items, tools: planned } = planImport(entries, tools);
  assertEquals(items.map(({ kind, name }) => [kind, name]), [["changed", "Math Tutor"], [
    "new",
    "Old Tool",
  ]]);
  const maths = planned.get("math-tutor");
  assertEquals(maths?.active, false);
  assertEquals(maths?.order, 4);
  assertEquals(maths?.ceiling, 1_250_000_000n);
  assertEquals(maths?.fallbackModel, null);
  assertEquals(entries.map((entry) => "experiments" in entry && entry.experiments), [
    {
      own: undefined,
      test: { prompt: "You teach kindly.", split: "70-30", duration: "2-weeks" },
    },
    { own: undefined, test: undefined },
  ]);
  assert.ok((maths?.starters.length ?? 0) > 0, "What the file does not say stays");
  const old = planned.get("old-tool");
  assertEquals([old?.ceiling, old?.temperature], [100_000_000n, 0.5]);
});

Deno.test("readToolFile() matches the original's single tool by name, or adds a new one", () => {
  const there = planImport(readToolFile(SINGLE), tools);
  assertEquals(there.items.map((item) => item.kind === "changed" && item.id), ["math-tutor"]);
  assertEquals(there.tools.get("math-tutor")?.ceiling, 2_000_000_000n);
  const [, ...others] = tools.filter(({ name }) => name !== "Math Tutor");
  const nameless = { ...tools[0], id: "math-tutor", name: "Other" };
  const fresh = planImport(readToolFile(SINGLE), [...others, toolOf(nameless)]);
  assertEquals(fresh.items.map((item) => item.kind === "new" && item.id), ["math-tutor-2"]);
});

Deno.test("planImport() lists each tool's changes, or the reason of its refusal", () => {
  const [first, second] = tools;
  assert.ok(first && second);
  const file = JSON.parse(exportTools([first, { ...second, name: "Renamed", temperature: 1 }]));
  file.tools.push({ ...file.tools[0], id: "other", temperature: 3 });
  file.tools.push(file.tools[0]);
  file.tools.push({ name: "Nothing else" });
  file.tools.push(null);
  const { items } = planImport(readToolFile(JSON.stringify(file)), tools);
  assertEquals(items.map(({ kind }) => kind), [
    "same",
    "changed",
    "refused",
    "refused",
    "refused",
    "refused",
  ]);
  const changed = items[1];
  assert.ok(changed?.kind === "changed");
  assertEquals(changed.changes.map(({ field }) => field), ["name", "temperature"]);
  for (const item of items) {
    if (item.kind === "refused") {
      assert.match(item.reason, /temperature|more than once|Prompt|no tool/);
    }
  }
});

Deno.test("readToolFile() refuses any other file as a whole", () => {
  const wrong = [
    "",
    "{",
    "5",
    "null",
    "[]",
    "{}",
    '{"format":"obt-helper-tools","version":2,"tools":[]}',
    '{"format":"obt-helper-tools","version":1,"tools":{}}',
    '{"sessionId":"whatsapp_1","conversationHistory":[]}',
    `[${'{"name":"a"},'.repeat(500)}{"name":"a"}]`,
    "[".repeat(500_000),
  ];
  for (const text of wrong) {
    assert.throws(() => readToolFile(text), AppError, text.slice(0, 60));
  }
});

Deno.test("readToolFile() and planImport() refuse or plan each of 10,000 fuzzed files", () => {
  const seeds = [exportTools(tools), BULK, SINGLE];
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, -1, 1e300, 1e-30, "", " ", "__proto__", "NaN", "99999999999999", "$5"),
  );
  let planned = 0, refused = 0;
  const check = (text: string) => {
    try {
      const plan = planImport(readToolFile(text), tools);
      planned++;
      const kept = plan.items.filter(({ kind }) => kind === "new" || kind === "changed").length;
      assertEquals(plan.tools.size, kept);
      // A planned tool can be exported again.
      exportTools([...plan.tools.values()]);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused++;
    }
  };
  const cut = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(), fc.string());
  fc.assert(
    fc.property(cut, ([seed, from, length, put]) => {
      const at = from % seed.length;
      check(seed.slice(0, at) + put + seed.slice(at + length % 40));
    }),
    { numRuns: 4_000 },
  );
  const field = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(), values);
  fc.assert(
    fc.property(field, ([seed, which, key, value]) => {
      const file = JSON.parse(seed);
      const list = Array.isArray(file) ? file : file.tools ?? [file];
      const tool = list[which % list.length];
      const names = Object.keys(tool);
      tool[names[key % names.length] ?? "id"] = value;
      check(JSON.stringify(file));
    }),
    { numRuns: 4_000 },
  );
  fc.assert(fc.property(fc.json(), check), { numRuns: 2_000 });
  assert.ok(planned > 1_000 && refused > 1_000, `${planned} planned, ${refused} refused`);
});

function toolOf(value: object) {
  const experiments = { own: undefined, test: undefined };
  const given = { name: "x", ...value };
  return planImport([{ name: "x", given, notes: [], original: false, experiments }], [])
    .tools.values()
    .next().value ?? assert.fail();
}
