import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { toolView } from "./local_texts.ts";
import { TOOL_LIMITS, toolId, toolSchema } from "./tool.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);

Deno.test("toolId accepts characters that need no escape in an address", () => {
  for (const id of ["a", "math-tutor", "7", "a".repeat(64)]) {
    assert.ok(toolId.safeParse(id).success);
  }
  const wrong = ["", "-a", "Math", "a b", "a/b", "..", "a_b", "é", "a".repeat(65), "a\n", 5, null];
  for (const id of wrong) assert.ok(!toolId.safeParse(id).success, String(id));
});

Deno.test("toolSchema enforces TOOL_LIMITS", () => {
  const wrong: Record<string, unknown>[] = [
    { name: " " },
    { name: "n".repeat(TOOL_LIMITS.name + 1) },
    { systemPrompt: "p".repeat(TOOL_LIMITS.systemPrompt + 1) },
    { temperature: 2.1 },
    { temperature: NaN },
    { maxTokens: 0 },
    { maxTokens: 1.5 },
    { maxTokens: TOOL_LIMITS.maxTokens + 1 },
    { ceiling: -1n },
    { ceiling: 5 },
    { ladder: { downgradeFrom: 0, clamp: true } },
    { ladder: { downgradeFrom: 101, clamp: true } },
    { starters: Array.from({ length: TOOL_LIMITS.starters + 1 }, () => "Hi") },
  ];
  assert.ok(toolSchema.safeParse(tool).success);
  for (const change of wrong) {
    assert.ok(
      !toolSchema.safeParse({ ...tool, ...change }).success,
      JSON.stringify(
        Object.keys(change),
      ),
    );
  }
});

Deno.test("toolView() omits prompt, ceiling and unknown fields", () => {
  const secret = { ...tool, systemPrompt: "SECRET", ownNote: "SECRET" };
  const view = toolView(secret);
  assertEquals(Object.keys(view).sort(), [
    "description",
    "greeting",
    "icon",
    "id",
    "model",
    "name",
    "starters",
  ]);
  assert.ok(!JSON.stringify(view).includes("SECRET"));
});
