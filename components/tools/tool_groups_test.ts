import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { toolGroups } from "./tool_groups.ts";

const grouped = (...groups: string[]) =>
  toolGroups(groups.map((group, place) => ({ group, place })))
    .map(({ name, tools }) => [name, ...tools.map(({ place }) => place)]);

Deno.test("toolGroups() follows the first tool of each group, the tools without one last", () => {
  assertEquals(grouped("", "Work", "Bible", "work", ""), [
    ["Work", 1, 3],
    ["Bible", 2],
    ["", 0, 4],
  ]);
  assertEquals(grouped("", ""), [["", 0, 1]]);
  assertEquals(grouped(), []);
});

Deno.test("toolGroups() has every tool once, in order within its group", () => {
  const tools = fc.array(fc.constantFrom("", "a", "A", "b", "constructor"));
  fc.assert(fc.property(tools, (names) => {
    const groups = toolGroups(names.map((group, place) => ({ group, place })));
    const places = groups.map(({ tools }) => tools.map(({ place }) => place));
    for (const each of places) assertEquals(each, each.toSorted((a, b) => a - b));
    assertEquals(places.flat().toSorted((a, b) => a - b), names.map((_, i) => i));
  }));
});
