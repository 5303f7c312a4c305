import fc from "fast-check";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { decrypted, encrypted, isEncrypted, WrongKey } from "./encryption.ts";
import { DamagedBackup } from "./lines.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const KEY = "a long passphrase of the organisation";

const bytesOf = async (stream: ReadableStream<Bytes>): Promise<Bytes> =>
  new Uint8Array(await new Response(stream).arrayBuffer());

async function* pieces(bytes: Bytes, size: number): AsyncGenerator<Bytes> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const streamOf = (bytes: Bytes, size = 50_000) => ReadableStream.from(pieces(bytes, size));

Deno.test("decrypted() returns what encrypted() was given, in any pieces", async () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
    const plain = new Uint8Array(length).map((_, i) => i * 7);
    const file = await bytesOf(encrypted(streamOf(plain, 9_999), KEY));
    assert.ok(isEncrypted(file));
    assertEquals(await bytesOf(decrypted(streamOf(file, 7_001), KEY)), plain);
  }
});

Deno.test("decrypted() refuses another key, a file that is not encrypted, and every damage", async () => {
  const plain = new Uint8Array(150_000).map((_, i) => i);
  const file = await bytesOf(encrypted(streamOf(plain), KEY));
  const failure = (bytes: Bytes, key = KEY) =>
    assertRejects(() => bytesOf(decrypted(streamOf(bytes), key)));
  assert.ok(await failure(file, "another key") instanceof WrongKey);
  assert.ok(await failure(plain) instanceof WrongKey);
  const frame = 65_536 + 16 + 4, start = 24;
  const swapped = new Uint8Array([
    ...file.slice(0, start),
    ...file.slice(start + frame, start + 2 * frame),
    ...file.slice(start, start + frame),
    ...file.slice(start + 2 * frame),
  ]);
  const without = new Uint8Array([
    ...file.slice(0, start + frame),
    ...file.slice(start + 2 * frame),
  ]);
  const early = file.slice(0, start + 2 * frame);
  for (const bytes of [swapped, without, early, file.slice(0, -1), new Uint8Array([...file, 0])]) {
    const error = await failure(bytes);
    assert.ok(error instanceof DamagedBackup || error instanceof WrongKey, error.name);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ by;
      await failure(changed);
    }),
    { numRuns: 12 },
  );
});
