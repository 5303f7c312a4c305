import { assert, assertEquals } from "@/tests/support/assert.ts";
import { runMixedKills } from "./mixed_kills.ts";

// The long run is `deno task soak mixed`: 600 kills.
Deno.test("8 kills of the whole program under chats, webhooks, edits, uploads and backups lose, double and halve nothing", async () => {
  const { wrong, figures } = await runMixedKills({ seed: 7, single: 4, double: 4, chats: 6 });
  assertEquals(wrong, []);
  for (
    const what of [
      "replies cut off by a kill",
      "webhooks acknowledged",
      "edits acknowledged",
      "pieces acknowledged",
    ]
  ) {
    assert.ok((figures[what] ?? 0) > 0, `No ${what}`);
  }
});
