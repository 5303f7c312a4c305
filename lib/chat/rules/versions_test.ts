import { deepStrictEqual as same } from "node:assert";
import { versionsOf } from "./versions.ts";

Deno.test("versionsOf() is the place among the versions in the order of their making, and nothing for a single one", () => {
  same(versionsOf([], 3), undefined);
  same(versionsOf([0], 3), { at: 2, of: 2, before: 0, after: null });
  same(versionsOf([4, 0], 1), { at: 2, of: 3, before: 0, after: 4 });
  same(versionsOf([7, 5], 2), { at: 1, of: 3, before: null, after: 5 });
});
