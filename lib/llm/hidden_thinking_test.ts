import { deepStrictEqual as equal } from "node:assert/strict";
import { thinksUnseen } from "./hidden_thinking.ts";

Deno.test("thinksUnseen() knows models that think without showing it", () => {
  const unseen = [
    "o3",
    "o4-mini",
    "gpt-5-mini",
    "openai/gpt-5.2",
    "gemini-2.5-flash",
    "x-ai/grok-4",
  ];
  for (const model of unseen) equal(thinksUnseen(model), true, model);
  const plain = [
    "gpt-4o-mini",
    "gpt-5-chat",
    "gemini-2.0-flash",
    "grok-2",
    "deepseek-reasoner",
    "",
  ];
  for (const model of plain) equal(thinksUnseen(model), false, model);
});
