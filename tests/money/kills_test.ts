import { assert, assertEquals } from "@/tests/support/assert.ts";
import { runKills } from "./killing.ts";
import { fileStore } from "./stores.ts";

// The long run is `deno task soak kills`: 210 kills.
Deno.test("8 kills in mid-stream lose, double and halve nothing, and release all holds", async () => {
  await using store = await fileStore();
  const { wrong, figures } = await runKills({
    path: store.path,
    seed: 3,
    single: 6,
    double: 2,
    chats: 8,
  });
  assertEquals(wrong, []);
  assert.ok((figures["cut off"] ?? 0) > 0, "No reply was cut off");
});
