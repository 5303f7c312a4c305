import { assert, assertEquals } from "@/tests/support/assert.ts";
import { fileStore } from "@/tests/money/stores.ts";
import { runStorm } from "./storm.ts";

// The long run is `deno task soak storm`: 1,000 messages, 20 kills.
Deno.test("80 messages × 3 deliveries over two processes with two kills: one reply and one cost each, in order", async () => {
  await using store = await fileStore();
  const { wrong, figures } = await runStorm({
    path: store.path,
    seed: 7,
    phones: 16,
    messages: 5,
    kills: 2,
    everyMs: 2_500,
  });
  assertEquals(wrong, []);
  assert.ok((figures["deliveries answered"] ?? 0) >= 200);
});
