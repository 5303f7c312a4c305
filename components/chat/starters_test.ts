import { strictEqual as same } from "node:assert";
import { asksForMore, startOf } from "./starters.ts";

Deno.test("asksForMore() is true for starters that end in dots, which startOf() takes away", () => {
  same(asksForMore("Shorten this text: …"), true);
  same(asksForMore("Check my translation of..."), true);
  same(asksForMore("Plan a … meeting"), false);
  same(startOf("Shorten this text: …"), "Shorten this text: ");
  same(startOf("Check my translation of..."), "Check my translation of ");
});
