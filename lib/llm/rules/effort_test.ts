import { deepStrictEqual as equal } from "node:assert/strict";
import { effortFor, takesTemperature } from "./effort.ts";
import { factsOf, mayThink } from "./model_facts.ts";

Deno.test("effortFor() is the wanted effort, else the next lower one, else the least", () => {
  const facts = (model: string) => factsOf({ model });
  equal(effortFor(facts("gpt-6-luna"), null), "none");
  equal(effortFor(facts("gpt-6-luna"), "minimal"), "none");
  equal(effortFor(facts("gpt-6-luna"), "high"), "high");
  equal(effortFor(facts("gpt-6.1-sol"), null), "low");
  equal(effortFor(facts("gpt-6-astra"), "none"), "low");
  equal(effortFor(facts("gpt-5-mini"), null), "minimal");
  equal(effortFor(facts("gpt-5.1"), "max"), "high");
  equal(effortFor(facts("claude-haiku-5-5"), null), "none");
  equal(effortFor(facts("claude-opus-5-5"), null), "low");
  for (const model of ["gpt-4o", "gpt-5-chat-latest", "o1-mini", "claude-haiku-4-5", "llama3.2"]) {
    equal(effortFor(facts(model), "high"), null, model);
  }
});

Deno.test("takesTemperature() is never for models that always think, else with effort none", () => {
  const takes = (model: string, effort: "low" | null) =>
    takesTemperature(factsOf({ model }), effort);
  for (const model of ["gpt-6-luna", "gpt-5.4-mini"]) {
    equal([takes(model, null), takes(model, "low")], [true, false], model);
  }
  for (const model of ["gpt-6-astra", "gpt-5-mini", "o3", "claude-opus-4-7", "claude-haiku-5-5"]) {
    equal([takes(model, null), takes(model, "low")], [false, false], model);
  }
  for (const model of ["gpt-4o", "claude-haiku-4-5", "claude-opus-4-6", "llama3.2"]) {
    equal([takes(model, null), takes(model, "low")], [true, true], model);
  }
});

Deno.test("mayThink() is false where thinking is off, and true where the effort is unknown", () => {
  const may = (model: string, effort: "high" | null | undefined) => mayThink({ model }, effort);
  for (const model of ["gpt-6-luna", "claude-haiku-5-5", "claude-sonnet-5-5"]) {
    equal(
      [may(model, null), may(model, "high"), may(model, undefined)],
      [false, true, true],
      model,
    );
  }
  for (const model of ["gpt-5-mini", "claude-opus-5-5", "claude-fable-5-1"]) {
    equal([may(model, null), may(model, "high"), may(model, undefined)], [true, true, true], model);
  }
  for (const model of ["gpt-4o", "claude-haiku-4-5", "llama3.2"]) {
    equal(
      [may(model, null), may(model, "high"), may(model, undefined)],
      [false, false, false],
      model,
    );
  }
});
