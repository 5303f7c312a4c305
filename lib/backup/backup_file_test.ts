import fc from "fast-check";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { backupOf, type BackupRecord, readBackup, type Tally } from "./backup_file.ts";
import { DamagedBackup } from "./lines.ts";

const HEADER = { app: "1.0.0", schema: 5, made: "2026-11-29T02:00:00.000Z" };
const RECORDS = Array.from({ length: 900 }, (_, n) => ({
  path: ["family", n, `part ${n}`] as Deno.KvKey,
  value: { text: "é".repeat(n % 50), usd: BigInt(n), bytes: new Uint8Array(n % 7).fill(n) },
}));

async function* inPieces<T>(all: readonly T[], size = 100): AsyncGenerator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<BackupRecord[]> {
  const found: BackupRecord[] = [];
  for await (const part of readBackup(ReadableStream.from([bytes]))) {
    if ("records" in part) found.push(...part.records);
    else assertEquals(part.header.schema, 5);
  }
  return found;
}

const refused = async (reading: () => Promise<unknown>) =>
  await assertRejects(reading) instanceof DamagedBackup;

const bytesOf = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

const packed = (text: Uint8Array<ArrayBuffer>) =>
  bytesOf(ReadableStream.from([text]).pipeThrough(new CompressionStream("gzip")));

const unpacked = (bytes: Uint8Array<ArrayBuffer>) =>
  bytesOf(ReadableStream.from([bytes]).pipeThrough(new DecompressionStream("gzip")));

Deno.test("readBackup() returns what backupOf() wrote, with the same tally", async () => {
  let tally: Tally | null = null;
  const bytes = await bytesOf(backupOf(inPieces(RECORDS), HEADER, (told) => tally = told));
  const found = await read(bytes);
  assertEquals(found.map(({ path, value }) => ({ path, value })), RECORDS);
  assertEquals(tally, { records: 900, sha256: (tally as Tally | null)?.sha256 ?? "" });
  assertEquals(await read(await bytesOf(backupOf(inPieces([]), HEADER))), []);
});

Deno.test("readBackup() refuses 400 damaged files, each before its end is told, unless their records are whole", async () => {
  const bytes = await bytesOf(backupOf(inPieces(RECORDS), HEADER));
  const plain = await unpacked(bytes);
  const damages = fc.oneof(
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), with: fc.nat(255) }),
    fc.record({
      kind: fc.constant("flip" as const),
      at: fc.nat(),
      with: fc.integer({ min: 1, max: 255 }),
    }),
    fc.record({ kind: fc.constant("drop" as const), at: fc.nat(), with: fc.nat(255) }),
    fc.record({ kind: fc.constant("more" as const), at: fc.nat(), with: fc.nat(255) }),
  );
  await fc.assert(
    fc.asyncProperty(damages, fc.boolean(), async (damage, inside) => {
      const of = inside ? plain : bytes;
      const at = damage.at % of.length;
      let text = of.slice();
      if (damage.kind === "cut") text = of.slice(0, at);
      else if (damage.kind === "flip") text[at] = (text[at] ?? 0) ^ damage.with;
      else if (damage.kind === "drop") {
        text = new Uint8Array([...of.slice(0, at), ...of.slice(at + 1)]);
      } else text = new Uint8Array([...of.slice(0, at), damage.with, ...of.slice(at)]);
      const reading = read(inside ? await packed(text) : text);
      if (inside) return assert.ok(await refused(() => reading));
      // gzip has bits that mean nothing, such as its time, and those that fill up a byte.
      const found = await reading.catch((error) => {
        assert.ok(error instanceof DamagedBackup);
        return RECORDS;
      });
      assertEquals(found.map(({ path, value }) => ({ path, value })), RECORDS);
    }),
    { numRuns: 400 },
  );
});

Deno.test("readBackup() refuses its last line with any byte more, spaces too", async () => {
  const plain = await unpacked(await bytesOf(backupOf(inPieces([]), HEADER)));
  const last = plain.lastIndexOf(10, -2) + 1;
  for (let at = last; at <= plain.length; at++) {
    for (const byte of [9, 10, 13, 32, 48]) {
      const text = new Uint8Array([...plain.slice(0, at), byte, ...plain.slice(at)]);
      assert.ok(await refused(async () => await read(await packed(text))), `${byte} at ${at}`);
    }
  }
});

Deno.test("readBackup() refuses an endless line", async () => {
  const endless = new ReadableStream<string>({
    pull: (controller) => controller.enqueue("a".repeat(64_000)),
  }).pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream("gzip"));
  assert.ok(
    await refused(async () => {
      for await (const _ of readBackup(endless as ReadableStream<Uint8Array<ArrayBuffer>>)) break;
    }),
  );
});
