import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { bothChanged, joinedChanges, withChoices } from "./tool_conflict.ts";
import { toolFields } from "./tool_form.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);
const base = toolFields(tool);

Deno.test("joinedChanges() lists what one side changed, with its side, and nothing else", () => {
  const theirs = { ...base, name: "Theirs", temperature: "0.1", icon: "x" };
  const mine = { ...base, maxTokens: "900", temperature: "0.9", icon: "x" };
  assertEquals(
    joinedChanges(base, theirs, mine).map(({ label, after, yours }) => [label, after, yours]),
    [
      ["Name", "Theirs", false],
      ["Longest reply", "900", true],
    ],
  );
  assertEquals(joinedChanges(null, theirs, mine), []);
});

Deno.test("bothChanged() puts texts together, and only texts", () => {
  const theirs = { ...base, systemPrompt: `First. ${base.systemPrompt}`, temperature: "0.1" };
  const mine = { ...base, systemPrompt: `${base.systemPrompt} Last.`, temperature: "0.2" };
  const prompt = bothChanged("systemPrompt", base, theirs, mine);
  assertEquals([prompt.fits, prompt.together], [true, `First. ${base.systemPrompt} Last.`]);
  assertEquals(bothChanged("systemPrompt", null, theirs, mine).fits, false);
  assertEquals(bothChanged("temperature", base, theirs, mine).together, null);
});

Deno.test("withChoices() keeps mine without a choice, and takes each choice as it is", () => {
  const theirs = { ...base, name: "Theirs", temperature: "0.1" };
  const mine = { ...base, name: "Mine", temperature: "0.2", systemPrompt: "Mine" };
  const chosen = (form: Record<string, string>) => {
    const { name, temperature, systemPrompt } = withChoices(
      mine,
      theirs,
      (field) => form[field] ?? "",
    );
    return [name, temperature, systemPrompt];
  };
  assertEquals(chosen({}), ["Mine", "0.2", "Mine"]);
  assertEquals(
    chosen({
      "choose-name": "together",
      "together-name": "Ours",
      "choose-temperature": "theirs",
      "choose-systemPrompt": "yours",
    }),
    ["Ours", "0.1", "Mine"],
  );
});
