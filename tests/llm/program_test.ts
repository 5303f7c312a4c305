import { fileStore } from "@/tests/money/stores.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { runProgram } from "./program.ts";

// The long run is `deno task soak streams`: 20,000 answers.
Deno.test("400 arbitrary answers of OpenAI-like servers: each turn ends, is booked once within bounds, and shows no thinking", async () => {
  await using store = await fileStore();
  const seed = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  const { wrong, figures } = await runProgram({ path: store.path, runs: 400, seed });
  assertEquals(wrong, [], `Seed ${seed}`);
  assert.ok((figures["booked: reported"] ?? 0) > 10);
  assert.ok((figures["booked: estimated, lies"] ?? 0) > 0);
});
