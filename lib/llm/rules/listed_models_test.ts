import { deepStrictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { listedModels } from "./listed_models.ts";

const TODAY = "2026-11-28";
const NOTHING = { endsOn: null, context: null, longestReply: null };
const one = (entry: object) => listedModels({ object: "list", data: [entry] }, TODAY);

Deno.test("listedModels() reads each dialect's ends and lengths", () => {
  const cases: [entry: object, expected: object][] = [
    [{ id: "gpt-4o", shutdown_date: "2027-01-14" }, { endsOn: "2027-01-14" }],
    [{ id: "gpt-6-luna", shutdown_date: null }, {}],
    [
      { id: "claude-opus-4-5", lifecycle: "deprecated", retires_at: "2027-01-22T17:00:00Z" },
      { endsOn: "2027-01-22" },
    ],
    [{ id: "overdue", lifecycle: "deprecated", retires_at: "2026-11-01T00:00:00Z" }, {}],
    [{ id: "gone", lifecycle: "retired", retires_at: "2026-06-30T00:00:00Z" }, {
      endsOn: "2026-06-30",
    }],
    [{ id: "gone", lifecycle: "retired", retires_at: null }, { endsOn: TODAY }],
    [{ id: "a", max_input_tokens: 1_000_000, max_tokens: 128_000 }, {
      context: 1_000_000,
      longestReply: 128_000,
    }],
    [{ id: "a", max_model_len: 32_768 }, { context: 32_768 }],
    [{ id: "a", context_length: 131_072 }, { context: 131_072 }],
    [{ id: "a", max_model_len: -1, context_length: 1e12, shutdown_date: "soon" }, {}],
  ];
  for (const [entry, expected] of cases) {
    const { id: model } = { id: "", ...entry };
    equal(one(entry), [{ model, ...NOTHING, ...expected }], JSON.stringify(entry));
  }
});

Deno.test("listedModels() leaves out what it cannot read, and is null for no list", () => {
  const data = [null, {}, { id: "" }, { id: "x".repeat(101) }, "a", { id: "ok" }];
  equal(listedModels({ data }, TODAY), [{ model: "ok", ...NOTHING }]);
  for (const json of [null, [], "x", {}, { data: {} }]) equal(listedModels(json, TODAY), null);
  const many = Array.from({ length: 3_000 }, (_, i) => ({ id: `m${i}` }));
  equal(listedModels({ data: many }, TODAY)?.length, 2_000);
});

Deno.test("listedModels() never throws", () => {
  fc.assert(fc.property(fc.anything(), (data) => {
    listedModels({ data }, TODAY);
    listedModels({ data: [data] }, TODAY);
  }));
});
