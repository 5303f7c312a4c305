import fc from "fast-check";
import { assert, assertEquals } from "../../../tests/support/assert.ts";
import type { ToolFields } from "../../shared/views/tool_admin_view.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { toolFields } from "./tool_form.ts";
import { mergeFields } from "./tool_merge.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);
const base = toolFields(tool);
const names = Object.keys(base);

const changes = fc.record({
  name: fc.constantFrom(base.name, "A", "B"),
  temperature: fc.constantFrom(base.temperature, "0.1", "0.2"),
  systemPrompt: fc.constantFrom(base.systemPrompt, "One", "Two"),
  active: fc.boolean(),
  starters: fc.constantFrom(base.starters, "Why?", "How?"),
  examples: fc.constantFrom(base.examples, [{ question: "q", answer: "a" }], []),
});

const text = (fields: ToolFields, name: string) =>
  JSON.stringify(Object.entries(fields).find(([each]) => each === name)?.[1]);

Deno.test("mergeFields() keeps every change of either side and reports fields changed by both", () => {
  fc.assert(fc.property(changes, changes, (a, b) => {
    const theirs = { ...base, ...a }, mine = { ...base, ...b };
    const { fields, conflicts } = mergeFields(base, theirs, mine);
    for (const name of names) {
      const [was, their, my, got] = [base, theirs, mine, fields].map((each) => text(each, name));
      assertEquals(got, my === was ? their : my, name);
      const both = my !== was && their !== was && my !== their;
      assertEquals(conflicts.some((each) => each === name), both, name);
    }
  }));
});

Deno.test("mergeFields() without a base reports every difference as a conflict", () => {
  const mine = { ...base, name: "Mine", temperature: "1.5" };
  const { fields, conflicts } = mergeFields(null, base, mine);
  assertEquals(fields, mine);
  assertEquals(conflicts, ["name", "temperature"]);
});

Deno.test("mergeFields() covers every field of the editor", () => {
  const blank = { ...base, ...Object.fromEntries(names.map((name) => [name, "other"])) };
  assertEquals([...mergeFields(null, base, blank).conflicts].sort(), [...names].sort());
});
