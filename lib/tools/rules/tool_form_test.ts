import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { systemPromptOf, toolSchema } from "./tool.ts";
import { parseToolFields, readFields, toolFields } from "./tool_form.ts";
import { exportTools, readToolFile } from "./tool_file.ts";
import { copyName, freeId, idFrom } from "./tool_names.ts";
import { TOOL_TEMPLATES } from "./defaults/tool_templates.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);

Deno.test("toolFields() and parseToolFields() round-trip a tool", () => {
  for (
    const each of [
      ...DEFAULT_TOOLS("gpt-4o"),
      ...TOOL_TEMPLATES.map(({ content }) => content),
    ]
  ) {
    const { content } = parseToolFields(toolFields(each));
    assertEquals({ ...each, ...content }, each);
  }
});

Deno.test("parseToolFields() accepts numbers as people write them", () => {
  const fields = { ...toolFields(tool), temperature: "0,5", ceiling: "$ 1,25", maxTokens: "800" };
  const { content } = parseToolFields(fields);
  assertEquals(
    [content?.temperature, content?.ceiling, content?.maxTokens],
    [0.5, 1_250_000_000n, 800],
  );
  assertEquals(parseToolFields({ ...fields, ceiling: "" }).content?.ceiling, null);
});

Deno.test("parseToolFields() names every invalid field", () => {
  const { content, findings } = parseToolFields({
    ...toolFields(tool),
    name: "",
    temperature: "warm",
    maxTokens: "1e3",
    ceiling: "-1",
    downgradeFrom: "101",
    starters: Array.from({ length: 7 }, () => "Hi").join("\n"),
    examples: [{ question: "Only a question", answer: "" }],
  });
  assertEquals(content, null);
  assertEquals(findings.map(({ field }) => field).sort(), [
    "ceiling",
    "downgradeFrom",
    "examples",
    "maxTokens",
    "name",
    "starters",
    "temperature",
  ]);
});

Deno.test("parseToolFields() and readToolFile() take no name of which nothing is seen", () => {
  for (const name of ["\u200b", "\u2060 \ufe0f", "\u202e", "\u3164"]) {
    const { findings } = parseToolFields({ ...toolFields(tool), name });
    assertEquals(findings.map(({ field }) => field), ["name"]);
    const [entry] = readToolFile(exportTools([{ ...tool, name }]));
    assert.ok(entry && "reason" in entry && entry.reason.startsWith("name: "), name);
  }
  const { content } = parseToolFields({ ...toolFields(tool), name: "م\u200c\u200d 🧑\u200d🏫" });
  assertEquals(content?.name, "م\u200c\u200d 🧑\u200d🏫");
});

Deno.test("readFields() and parseToolFields() never throw", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: "binary" })), (form) => {
      const { content } = parseToolFields(readFields((name) => form[name]?.toString() ?? ""));
      assert.ok(content === null || content.name !== "");
    }),
    { numRuns: 300 },
  );
});

Deno.test("TOOL_TEMPLATES are valid tools without a change", () => {
  assert.ok(TOOL_TEMPLATES.length >= 10);
  for (const { id, content } of TOOL_TEMPLATES) {
    const made = { ...content, id, order: 0, version: 1 };
    assert.ok(toolSchema.safeParse(made).success, id);
    assert.ok(content.systemPrompt.length > 500, id);
    assert.ok(
      !/[^\n]\n(?!\n|- |\d\. |---|\()/.test(content.systemPrompt.replaceAll("---\n", "")),
      id,
    );
  }
});

Deno.test("idFrom(), freeId() and copyName() avoid reserved and taken names", () => {
  assertEquals(idFrom("  Ánálisis de datos! "), "analisis-de-datos");
  assertEquals(idFrom("Книга"), "tool");
  assertEquals(idFrom("Import"), "import-tool");
  assertEquals(idFrom("x".repeat(200)).length, 60);
  assertEquals(freeId("a", new Set(["a", "a-2"])), "a-3");
  assertEquals(freeId("x".repeat(64), new Set(["x".repeat(64)])), `${"x".repeat(62)}-2`);
  assertEquals(copyName("Tutor (copy)", new Set(["tutor (copy)"])), "Tutor (copy 2)");
  assertEquals(copyName("n".repeat(80), new Set()).length, 80);
});

Deno.test("systemPromptOf() appends the examples to the prompt, if there are any", () => {
  assertEquals(systemPromptOf(tool), tool.systemPrompt);
  const examples = [{ question: "1 + 1?", answer: "2" }];
  const shown = systemPromptOf({ ...tool, systemPrompt: "Teach.", examples });
  assert.match(
    shown,
    /^Teach\.\n\nExamples[^]*<question>\n1 \+ 1\?\n<\/question>\n<reply>\n2\n<\/reply>/,
  );
  assert.match(systemPromptOf({ ...tool, systemPrompt: "", examples }), /^Examples/);
});
