import { assert, assertEquals } from "@/tests/support/assert.ts";
import { runPeople } from "./people.ts";

// The long run is `deno task soak people`: 50 people, an hour.
Deno.test("20 people chat with one server on one core: each reply is whole, and it stays below 512 MB", async () => {
  const { wrong, figures } = await runPeople({ people: 20, minutes: 0.4, seed: 1 });
  assertEquals(wrong, []);
  assert.ok((figures.chats ?? 0) >= 20);
});
