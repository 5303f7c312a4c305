import { assert, assertEquals } from "@/tests/support/assert.ts";
import { runCrowd } from "./crowd.ts";
import { fileStore, remoteStore } from "./stores.ts";

/*
 * Small crowds of chats in several processes on one store. The full ones: `deno task soak crowd`.
 */

const CENT = 10_000_000n;

Deno.test("crowd: 1,000 chats in 2 processes keep two ceilings and are each booked once", async () => {
  await using store = await fileStore();
  const { wrong, figures } = await runCrowd({
    path: store.path,
    chats: 1_000,
    processes: 2,
    seed: 1,
    ceilings: {
      tools: { "money-a": 5n * CENT, "money-b": null },
      organisation: 13n * CENT,
    },
  });
  assertEquals(wrong, []);
  assertEquals(figures["questions, begun, entries"]?.toString().startsWith("1100, "), true);
});

Deno.test("crowd: 300 chats in 2 processes on a remote store that loses 1 in 20 answers are each booked once", async () => {
  await using store = await remoteStore(0.05);
  const { wrong } = await runCrowd({
    path: store.path,
    chats: 300,
    processes: 2,
    seed: 2,
    ceilings: { tools: { "money-a": 6n * CENT }, organisation: null },
  });
  assertEquals(wrong, []);
  const counts = await store.counts();
  assert.ok((counts?.lost ?? 0) > 0, "No answer was lost");
});
