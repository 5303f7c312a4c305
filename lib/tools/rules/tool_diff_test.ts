import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { changesBetween, lineDiff } from "./tool_diff.ts";

const [tool] = DEFAULT_TOOLS("gpt-4o-mini");
assert.ok(tool);

const marks = { same: " ", added: "+", removed: "-", skipped: "…" };
const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${marks[kind]}${text}`);

Deno.test("lineDiff() marks added and removed lines", () => {
  assertEquals(shown("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
  assertEquals(shown("", "a"), ["+a"]);
  assertEquals(shown("a", ""), ["-a"]);
  assertEquals(shown("a\n", "a\n"), [" a"]);
  assertEquals(shown("a", "a\nb"), ["-a", "+a", "+b"]);
});

Deno.test("lineDiff() leaves out lines far from any change", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const changed = lines.with(10, "changed");
  assertEquals(shown(lines.join("\n"), changed.join("\n")), [
    "…7 lines without a change",
    " line 7",
    " line 8",
    " line 9",
    "-line 10",
    "+changed",
    " line 11",
    " line 12",
    " line 13",
    "…6 lines without a change",
  ]);
});

Deno.test("lineDiff() is fast for texts without a common line", () => {
  const text = (seed: string) => Array.from({ length: 10_000 }, (_, i) => seed + i).join("\n");
  const began = performance.now();
  assertEquals(lineDiff(text("a"), text("b")).length, 20_000);
  assert.ok(performance.now() - began < 5_000);
});

Deno.test("changesBetween() shows each field in readable form, and never the version", () => {
  assertEquals(changesBetween(tool, { ...tool, version: 9 }), []);
  const changes = changesBetween(tool, {
    ...tool,
    ceiling: null,
    ladder: { downgradeFrom: null, clamp: false },
    whatsapp: { enabled: true, scope: "Sums" },
    examples: [{ question: "1 + 1?", answer: "2" }],
  });
  assertEquals(changes.map(({ field, after }) => [field, after]), [
    ["ceiling", "none"],
    ["ladder", "never the cheaper model, never shorter replies"],
    ["whatsapp", "on\nSums"],
    ["examples", "Question: 1 + 1?\nReply: 2"],
  ]);
});
