import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { PartQueue } from "./part_queue.ts";
import type { Part } from "../provider.ts";

const STOP: Part = { type: "end", reason: "stop" };

function open() {
  const calls = { cancelled: 0 };
  return { queue: new PartQueue(() => calls.cancelled++), calls };
}

async function all(queue: PartQueue): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of queue) parts.push(part);
  return parts;
}

Deno.test("text that is there comes as one part, before the end", async () => {
  const { queue, calls } = open();
  for (const text of ["a", "", "b", "c"]) queue.text(text);
  queue.end(STOP);
  queue.text("late");
  equal(await all(queue), [{ type: "text", text: "abc" }, STOP]);
  equal(calls.cancelled, 0);
});

Deno.test("a waiting reader gets all that one run of events brought", async () => {
  const { queue } = open();
  const first = queue.next();
  queue.text("a");
  queue.text("b");
  queueMicrotask(() => queue.text("c"));
  equal((await first).value, { type: "text", text: "abc" });
  await queue.return();
});

Deno.test("thinking comes as one part too, also where text goes elsewhere", async () => {
  const told: string[] = [];
  const queue = new PartQueue(() => {}, (text) => told.push(text));
  const first = queue.next();
  queue.give("", 3);
  equal((await first).value, { type: "thinking", bytes: 3 });
  queue.give("a", 2);
  queue.give("b", 5);
  queue.end(STOP);
  queue.give("late", 9);
  equal([await all(queue), told], [[{ type: "thinking", bytes: 7 }, STOP], ["a", "b"]]);
});

Deno.test("parts that are told with a failure come before it", async () => {
  const { queue } = open();
  const usage: Part = { type: "usage", usage: { input: 1, cached: 0, output: 2, reasoning: 0 } };
  queue.give("a", 4);
  queue.fail(new Error("x"), usage);
  equal((await queue.next()).value, { type: "thinking", bytes: 4 });
  equal((await queue.next()).value, { type: "text", text: "a" });
  equal((await queue.next()).value, usage);
  await rejects(queue.next(), /x/);
  equal((await queue.next()).done, true);
});

Deno.test("a failure comes after the text, and once", async () => {
  const { queue } = open();
  queue.text("a");
  queue.fail(new Error("x"));
  equal((await queue.next()).value, { type: "text", text: "a" });
  await rejects(queue.next(), /x/);
  equal((await queue.next()).done, true);
});

Deno.test("an early return ends a waiting reader and cancels once", async () => {
  const { queue, calls } = open();
  const waiting = queue.next();
  await queue.return();
  await queue.return();
  equal([(await waiting).done, calls.cancelled], [true, 1]);
});

Deno.test("closing drops what is there and cancels nothing", async () => {
  const { queue, calls } = open();
  queue.text("a");
  queue.close();
  equal([await all(queue), calls.cancelled], [[], 0]);
});

Deno.test("two readers at a time are refused", async () => {
  const { queue } = open();
  const waiting = queue.next();
  await rejects(queue.next(), TypeError);
  queue.end();
  equal((await waiting).done, true);
});
