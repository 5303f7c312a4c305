import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { buildPrompt, HISTORY_MESSAGES } from "./prompt.ts";

const said = (role: "user" | "assistant", text: string) => ({ role, text });

Deno.test("buildPrompt() puts the tool's prompt first and the question last", () => {
  assertEquals(
    buildPrompt("Be kind.", [said("user", "Hi"), said("assistant", "Hello")], "Well?"),
    [
      { role: "system", content: "Be kind." },
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
      { role: "user", content: "Well?" },
    ],
  );
});

Deno.test("buildPrompt() leaves out a prompt that is empty", () => {
  assertEquals(buildPrompt("", [], "Well?"), [{ role: "user", content: "Well?" }]);
});

Deno.test("buildPrompt() takes the latest messages, and begins with a question", () => {
  const history = Array.from(
    { length: 30 },
    (_, i) => said(i % 2 === 0 ? "user" : "assistant", String(i)),
  );
  const prompt = buildPrompt("", history, "last");
  assertEquals(prompt[0]?.role, "user");
  assertEquals(prompt.map((m) => m.content).slice(-3), ["28", "29", "last"]);
  assertEquals(prompt.length, HISTORY_MESSAGES + 1);
});

Deno.test("buildPrompt() drops whole messages of a long history, never parts", () => {
  const long = "x".repeat(20_000);
  const prompt = buildPrompt("", [
    said("user", long),
    said("assistant", long),
    said("user", "short"),
    said("assistant", long),
  ], "q");
  assertEquals(prompt.map((m) => m.content.length), [5, 20_000, 1]);
});

const history = fc.array(
  fc.record({
    role: fc.constantFrom<"user" | "assistant">("user", "assistant"),
    text: fc.oneof(fc.string(), fc.nat(40_000).map((n) => "y".repeat(n))),
  }),
  { maxLength: 30 },
);

Deno.test("whatever was said, a prompt ends with its question and is bounded", () => {
  fc.assert(fc.property(history, fc.string(), (before, question) => {
    const prompt = buildPrompt("s", before, question);
    assertEquals(prompt.at(-1), { role: "user", content: question });
    const kept = prompt.slice(1, -1);
    assert.ok(kept.length <= HISTORY_MESSAGES);
    assert.ok(kept.reduce((sum, m) => sum + m.content.length, question.length) <= 48_000);
    assert.notEqual(kept[0]?.role, "assistant");
    const end = before.map(({ role, text }) => ({ role, content: text })).slice(-kept.length);
    assertEquals(kept, kept.length === 0 ? [] : end);
  }));
});
