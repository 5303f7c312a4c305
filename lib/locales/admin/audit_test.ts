import { assertEquals } from "../../../tests/support/assert.ts";
import { auditFieldName, auditSentence } from "./audit.ts";

const entry = (action: string, thing: string, fields: string[] = []) => ({
  id: "1",
  at: 0,
  who: "ada@example.org",
  action,
  thing,
  changes: fields.map((field) => ({ field, before: "a", after: "b" })),
});

Deno.test("auditSentence() names the tool and what changed, without versions and with a count", () => {
  const names = { tutor: "Math Tutor" };
  const said = (fields: string[]) =>
    auditSentence(entry("tool.change", "tool:tutor", fields), names);
  assertEquals(said(["systemPrompt", "version"]), "changed Math Tutor: prompt");
  assertEquals(said(["systemPrompt", "ceiling"]), "changed Math Tutor: prompt and budget");
  assertEquals(
    said(["name", "icon", "model", "temperature", "maxTokens"]),
    "changed Math Tutor: name, icon, model and 2 more",
  );
});

Deno.test("auditSentence() names an experiment, and what changed of its plan", () => {
  const names = { "5ac9b6583c": "Warmer greeting" };
  assertEquals(
    auditSentence(entry("experiment.change", "experiment:5ac9b6583c", ["days", "revision"]), names),
    "changed the plan of the experiment “Warmer greeting”: days",
  );
});

Deno.test("auditSentence() keeps the id of what is gone and the code of an unknown action", () => {
  assertEquals(auditSentence(entry("tool.delete", "tool:gone"), {}), "moved gone to the bin");
  for (const action of ["tool.fly", "toString", "__proto__"]) {
    assertEquals(auditSentence(entry(action, "tool:x"), {}), `did “${action}” to tool:x`);
  }
  assertEquals(auditFieldName("constructor"), "Constructor");
});
