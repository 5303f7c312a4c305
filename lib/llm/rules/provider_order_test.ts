import fc from "fast-check";
import { deepStrictEqual as equal } from "node:assert/strict";
import { changedOrder, orderInForce } from "./provider_order.ts";

Deno.test("orderInForce() is the organisation's order, else the environment's, of what is set up", () => {
  equal(orderInForce(null, ["openai", "mock"], ["openai", "mock", "ollama"]), ["openai", "mock"]);
  equal(orderInForce(["ollama", "openai"], ["openai"], ["openai", "ollama"]), ["ollama", "openai"]);
  equal(orderInForce(["gone", "openai", "openai"], ["openai"], ["openai"]), ["openai"]);
  equal(orderInForce([], ["openai"], ["openai"]), []);
});

Deno.test("changedOrder() moves by one place, adds at the end and leaves out", () => {
  const order = ["a", "b", "c"];
  equal(changedOrder(order, "c", "up"), ["a", "c", "b"]);
  equal(changedOrder(order, "a", "down"), ["b", "a", "c"]);
  equal(changedOrder(order, "a", "up"), order);
  equal(changedOrder(order, "c", "down"), order);
  equal(changedOrder(order, "d", "use"), [...order, "d"]);
  equal(changedOrder(order, "b", "leave"), ["a", "c"]);
  equal(changedOrder(order, "x", "up"), order);
});

Deno.test("changedOrder() never repeats a name, nor loses another", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
  const change = fc.constantFrom("up", "down", "use", "leave");
  fc.assert(fc.property(names, fc.constantFrom("a", "b", "f"), change, (order, name, change) => {
    const after = changedOrder(order, name, change);
    equal(new Set(after).size, after.length);
    equal(
      after.filter((each) => each !== name).toSorted(),
      order.filter((each) => each !== name).toSorted(),
    );
  }));
});
