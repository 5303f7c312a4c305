import fc from "fast-check";
import { openWorld } from "@/tests/support/world.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { MAX_MEDIA_BYTES, Media } from "./stored_media.ts";

function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17 + (i >> 8)) & 0xff);
}

Deno.test("Media.file() returns any stored file unchanged", async () => {
  await using world = await openWorld();
  const { kv, transactions } = world.deps.store;
  const size = fc.oneof(
    fc.integer({ min: 1, max: 200 }),
    fc.constantFrom(59_999, 60_000, 60_001, 480_001),
  );
  await fc.assert(
    fc.asyncProperty(fc.uuid(), size, async (id, length) => {
      const file = { type: "image/png", bytes: noise(length) };
      const kept = await new Media(kv, transactions).keep("c", "v", id, file);
      assertEquals(kept, { id, type: "image/png", bytes: length });
      // A new instance has an empty cache.
      assertEquals(await new Media(kv, transactions).file(id), file);
    }),
    { numRuns: 25 },
  );
});

Deno.test("Media.keep() deletes the oldest images beyond the limit", async () => {
  await using world = await openWorld();
  const { kv, transactions } = world.deps.store;
  const media = new Media(kv, transactions);
  const bytes = noise(MAX_MEDIA_BYTES / 4);
  for (let i = 0; i < 6; i++) await media.keep("c", "v", `p${i}`, { type: "image/png", bytes });
  await media.keep("other", "v", "q", { type: "image/png", bytes });
  assertEquals((await media.ofConversation("c")).map(({ id }) => id), ["p2", "p3", "p4", "p5"]);
  assertEquals(await media.file("p1"), null);
  assertEquals(await new Media(kv, transactions).file("p1"), null);
  assert.ok(await media.file("p2"));
  assert.ok(await media.file("q"));
});

Deno.test("Media.file() is null if a piece is missing", async () => {
  await using world = await openWorld();
  const { kv, transactions } = world.deps.store;
  const media = new Media(kv, transactions);
  await media.keep("c", "v", "p", { type: "image/png", bytes: noise(130_000) });
  const keys = media.keysOf("c", { id: "p", bytes: 130_000 });
  const [, second] = keys;
  assert.ok(second);
  await transactions.run([], (tx) => tx.delete(second));
  assertEquals(await media.file("p"), null);
  await media.drop("c", "p");
  for (const key of keys) assertEquals((await kv.get(key)).value, null, key.id);
  assertEquals(await media.ownerOf("p"), null);
});
