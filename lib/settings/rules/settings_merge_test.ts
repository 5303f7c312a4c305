import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { changedNames, mergeSettings } from "./settings_merge.ts";

const fields = fc.record({
  name: fc.constantFrom("A", "B", "C"),
  colour: fc.constantFrom("", "#ffcc00", "#112233"),
  review: fc.boolean(),
});

Deno.test("mergeSettings() keeps every change of either side and reports fields changed by both", () => {
  fc.assert(fc.property(fields, fields, fields, (was, theirs, mine) => {
    const merged = mergeSettings(was, theirs, mine);
    for (const name of ["name", "colour", "review"] as const) {
      const [w, t, m] = [was[name], theirs[name], mine[name]];
      assertEquals(merged.fields[name], m === w ? t : m, name);
      assertEquals(merged.conflicts.includes(name), m !== w && t !== w && t !== m, name);
      assertEquals(changedNames(was, mine).includes(name), m !== w);
    }
  }));
});
