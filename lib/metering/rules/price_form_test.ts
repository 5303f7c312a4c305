import { assertEquals } from "@/tests/support/assert.ts";
import { priceOfFields } from "./price_form.ts";

const fields = {
  provider: "openai",
  thing: "gpt-audio",
  from: "2026-12-01",
  input: "0.000002",
  cached: "",
  output: "0.00001",
  audio: "",
  unit: "",
};

Deno.test("priceOfFields() reads a rate of audio, which only models that hear have", () => {
  const tokens = { input: 2_000n, cachedInput: 2_000n, output: 10_000n };
  assertEquals(priceOfFields(fields).price?.tokens, tokens);
  const heard = priceOfFields({ ...fields, audio: "0.00003" });
  assertEquals(heard.price?.tokens, { ...tokens, audioInput: 30_000n });
});

Deno.test("priceOfFields() refuses a rate of audio alone, beside a piece, and one that is no amount", () => {
  const wrong = (over: Partial<typeof fields>) =>
    priceOfFields({ ...fields, ...over }).findings.map(({ field }) => field);
  assertEquals(wrong({ input: "", output: "", audio: "1" }), ["input"]);
  assertEquals(wrong({ input: "", output: "", audio: "1", unit: "1" }), ["input"]);
  assertEquals(wrong({ audio: "much" }), ["audio"]);
});

Deno.test("priceOfFields() takes what is paid by the piece, and a cheaper rate of cached input", () => {
  const piece = { ...fields, input: "", output: "", unit: "0.006" };
  assertEquals(priceOfFields(piece).price, {
    provider: "openai",
    thing: "gpt-audio",
    day: "2026-12-01",
    tokens: null,
    unit: 6_000_000n,
  });
  const cached = priceOfFields({ ...fields, cached: "0.0000005" }).price;
  assertEquals([cached?.tokens?.cachedInput, cached?.unit], [500n, null]);
});

Deno.test("priceOfFields() names each wrong field", () => {
  const wrong = (over: Partial<typeof fields>) =>
    priceOfFields({ ...fields, ...over }).findings.map(({ field }) => field);
  assertEquals(wrong({}), []);
  const cases: [Partial<typeof fields>, (keyof typeof fields)[]][] = [
    [{ input: "100000" }, []],
    [{ input: "100000.000000001" }, ["input"]],
    [{ unit: "1" }, ["input"]],
    [{ input: "", output: "" }, ["input"]],
    [{ input: "" }, ["input"]],
    [{ output: "" }, ["output"]],
    [{ input: "", cached: "1" }, ["input"]],
    [{ input: "x", output: "y", cached: "-1", unit: "z" }, ["input", "cached", "output", "unit"]],
    [{ provider: "Open AI" }, ["provider"]],
    [{ provider: "x".repeat(40) }, []],
    [{ provider: "x".repeat(41) }, ["provider"]],
    [{ thing: "" }, ["thing"]],
    [{ thing: "m".repeat(100) }, []],
    [{ thing: "m".repeat(101) }, ["thing"]],
    [{ from: "2028-02-29" }, []],
    [{ from: "2027-02-29" }, ["from"]],
    [{ from: "1999-12-01" }, ["from"]],
    [{ from: "2026-12-1" }, ["from"]],
    [{ from: "" }, ["from"]],
  ];
  for (const [over, expected] of cases) assertEquals(wrong(over), expected, JSON.stringify(over));
});
