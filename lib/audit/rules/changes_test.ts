import { assert, assertEquals } from "@/tests/support/assert.ts";
import { changesOf, sidesOf } from "./changes.ts";

Deno.test("sidesOf() keeps the fields that differ, amounts and dates as text", () => {
  const before = { name: "A", ceiling: 5n, tags: ["x"], at: new Date(0) };
  const after = { name: "A", ceiling: null, tags: ["x"], at: new Date(1) };
  assertEquals(sidesOf(before, after), {
    before: '{"ceiling":"5","at":"1970-01-01T00:00:00.000Z"}',
    after: '{"ceiling":null,"at":"1970-01-01T00:00:00.001Z"}',
  });
  assertEquals(sidesOf(null, { a: 1 }), { before: null, after: '{"a":1}' });
  assertEquals(sidesOf(before, before), { before: "{}", after: "{}" });
});

Deno.test("sidesOf() leaves out fields named like secrets, at any depth", () => {
  const value = {
    password: "p1",
    apiKey: "k1",
    nested: [{ sessionToken: "t1", passwordHash: "h1", csrf: "c1", fine: "f1" }],
    maxTokens: 9,
  };
  const { after } = sidesOf(null, value);
  for (const secret of ["p1", "k1", "t1", "h1", "c1"]) assert.ok(!after?.includes(secret), secret);
  assert.ok(after?.includes("f1") && after.includes('"maxTokens":9'));
});

Deno.test("sidesOf() cuts any value to fit and marks the cut", () => {
  const ring: Record<string, unknown> = {};
  ring.self = ring;
  const large = [
    { prompt: "ü".repeat(20_000) },
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, "x".repeat(5_000)])),
    Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, i])),
    ring,
  ];
  for (const value of large) {
    const { after } = sidesOf({}, value);
    assert.ok(after !== null && after.length <= 12_000, `${after?.length}`);
    JSON.parse(after);
  }
  assert.match(sidesOf(null, large[0]).after ?? "", /… \(20000 characters\)/);
});

Deno.test("changesOf() returns both sides of each field", () => {
  assertEquals(changesOf(sidesOf({ a: 1, b: "x" }, { a: 2, b: "x", c: [1] })), [
    { field: "a", before: "1", after: "2" },
    { field: "c", before: "", after: "[1]" },
  ]);
  assertEquals(changesOf(sidesOf("old", "new")), [{ field: "", before: "old", after: "new" }]);
  assertEquals(changesOf({ before: null, after: null }), []);
  assertEquals(changesOf({ before: "{broken", after: null })[0]?.before, "{broken");
});
