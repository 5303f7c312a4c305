import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scopedPrompt, type ScopedTool, scopeOf } from "./scope.ts";

const tool: ScopedTool = {
  name: "Sums",
  description: "Adds numbers",
  systemPrompt: "You add.",
  examples: [{ question: "1+1", answer: "2" }],
  whatsapp: { enabled: true, scope: "Sums of\n whole numbers." },
};

Deno.test("scopedPrompt() puts the scope after the prompt and the examples", () => {
  const prompt = scopedPrompt(tool);
  const places = [
    "You add.",
    "1+1",
    "<scope>\nSums of whole numbers.\n</scope>",
    "Sums cannot help",
  ]
    .map((part) => prompt.indexOf(part));
  assert.ok(places.every((place, index) => place > (places[index - 1] ?? -1)), places.join());
  assert.ok(
    scopedPrompt({ ...tool, systemPrompt: "", examples: [] }).startsWith(
      "This conversation is on WhatsApp",
    ),
  );
});

Deno.test("scopeOf() falls back to the description, then to the name", () => {
  const whatsapp = { enabled: true, scope: " \n" };
  assertEquals(scopeOf({ ...tool, whatsapp }), "Adds numbers");
  assertEquals(scopeOf({ ...tool, whatsapp, description: "" }), "Sums");
});
