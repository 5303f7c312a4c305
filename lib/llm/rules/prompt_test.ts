import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { buildPrompt, HISTORY_MESSAGES, lastOfJoined, QUESTION_SEPARATOR } from "./prompt.ts";

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

Deno.test("buildPrompt() omits an empty prompt", () => {
  assertEquals(buildPrompt("", [], "Well?"), [{ role: "user", content: "Well?" }]);
});

Deno.test("buildPrompt() takes the latest messages, beginning with a question", () => {
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

const seen = (...bytes: number[]) => ({ type: "image/png", bytes: Uint8Array.from(bytes) });

Deno.test("buildPrompt() joins unanswered questions with the next one", () => {
  const history = [
    said("user", "Too early?"),
    said("user", "First?"),
    said("assistant", "Yes"),
    said("user", "Second?"),
    said("user", "Third?"),
  ];
  assertEquals(buildPrompt("Be kind.", history, "Last?"), [
    { role: "system", content: "Be kind." },
    { role: "user", content: "First?" },
    { role: "assistant", content: "Yes" },
    { role: "user", content: ["Second?", "Third?", "Last?"].join(QUESTION_SEPARATOR) },
  ]);
  assertEquals(buildPrompt("", history, "Last?", [], "left out").map((m) => m.content), [
    "First?",
    "Yes",
    "Last?",
  ]);
  assertEquals(lastOfJoined(["Second?", "Last?"].join(QUESTION_SEPARATOR)), "Last?");
});

Deno.test("buildPrompt() does not repeat a question that is retried", () => {
  const tries = [said("user", "Well?"), said("user", "Well?"), said("user", " Well?\n")];
  assertEquals(buildPrompt("", tries, "Well?"), [{ role: "user", content: "Well?" }]);
  const pictures = [{ ...said("user", ""), images: [seen(1)] }];
  assertEquals(buildPrompt("", pictures, "", [seen(1)])[0]?.images, [seen(1)]);
  assertEquals(buildPrompt("", pictures, "And this?", [seen(2)])[0]?.images, [seen(1), seen(2)]);
});

Deno.test("buildPrompt() omits empty replies and replaces lone surrogates", () => {
  const history = [said("user", "a\ud83d"), said("assistant", " \n"), said("user", "b")];
  assertEquals(buildPrompt("s\udc00", history, "c\ude00"), [
    { role: "system", content: "s\uFFFD" },
    { role: "user", content: ["a\uFFFD", "b", "c\uFFFD"].join(QUESTION_SEPARATOR) },
  ]);
});

const history = fc.array(
  fc.record({
    role: fc.constantFrom<"user" | "assistant">("user", "assistant"),
    text: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("again", " \n", "\ud800"),
      fc.constantFrom(1_000, 20_000, 47_000).map((n) => "y".repeat(n)),
    ),
  }),
  { maxLength: 24 },
);

Deno.test("buildPrompt() alternates roles, ends with the question and is bounded for any history", () => {
  fc.assert(fc.property(history, fc.string({ minLength: 1 }), (before, question) => {
    const [system, ...prompt] = buildPrompt("s", before, question);
    assertEquals(system, { role: "system", content: "s" });
    assertEquals(
      prompt.map(({ role }) => role),
      prompt.map((_, i) => i % 2 ? "assistant" : "user"),
    );
    assert.ok(prompt.length % 2 === 1 && prompt.at(-1)?.content.endsWith(question));
    assert.ok(prompt.length <= HISTORY_MESSAGES + 1);
    const length = prompt.reduce((sum, m) => sum + m.content.length, 0);
    assert.ok(length <= Math.max(48_000, question.length));
    assert.ok(prompt.every(({ content }) => content.isWellFormed() && content !== ""));
    const said = new Set([...before.map(({ text }) => text.toWellFormed()), question]);
    for (const { content } of prompt) {
      for (const piece of content.split(QUESTION_SEPARATOR)) assert.ok(said.has(piece));
    }
  }));
});
