import { assert, assertEquals } from "@/tests/support/assert.ts";
import { factsOf } from "@/lib/llm/rules/model_facts.ts";
import { MODEL_ENDS } from "@/lib/llm/rules/model_list.ts";

/** Shutdown days by model, from the comments of the installed SDK's types. */
async function daysInTypes(path: string): Promise<Map<string, string>> {
  const types = await Deno.readTextFile(
    new URL(`../../node_modules/openai/${path}`, import.meta.url),
  );
  const text = types.replaceAll(/\n \*\s*/g, " ");
  const days = new Map<string, string>();
  for (
    const [, names = "", day = ""] of text.matchAll(
      /- ((?:"[^"]+",? ?)+): Announced shutdown date: (20[\d-]{8})/g,
    )
  ) {
    for (const [, name = ""] of names.matchAll(/"([^"]+)"/g)) days.set(name, day);
  }
  return days;
}

Deno.test("MODEL_ENDS has the shutdown days of the installed SDK's types", async () => {
  const days = new Map([
    ...await daysInTypes("resources/shared.d.ts"),
    ...await daysInTypes("resources/audio/audio.d.ts"),
  ]);
  assert.ok(days.size > 40, `${days.size} models`);
  for (const { provider, models, on } of MODEL_ENDS) {
    if (provider !== "openai") continue;
    for (const model of models) assertEquals(days.get(model) ?? on, on, model);
  }
  for (const [model, day] of days) {
    const { chat, capabilities, endsOn } = factsOf({ provider: "openai", model });
    if (chat || capabilities.audio) assertEquals(endsOn, day, model);
  }
});
