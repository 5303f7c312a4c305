import { S3Simulator } from "@/tests/simulators/s3.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { readConfig } from "../../config.ts";
import { HttpClient } from "../../platform/http_client.ts";
import { backupName } from "../places/backup_place.ts";
import { BackupBucket } from "./backup_bucket.ts";

const KEY = "a passphrase of many letters";
const AT = Date.parse("2026-11-29T02:10:00Z");
const NAME = backupName(AT);
const NEVER = new AbortController().signal;

type Bytes = Uint8Array<ArrayBuffer>;

function opened(url?: string, limits = { request: 20_000, idle: 20_000, pause: 1 }) {
  const simulator = new S3Simulator();
  const { BACKUP_S3_URL } = readConfig({
    BACKUP_S3_URL: url ?? simulator.url,
    BACKUP_KEY: KEY,
  });
  assert.ok(BACKUP_S3_URL);
  const deps = { http: new HttpClient(), clock: () => Date.now() };
  return {
    simulator,
    bucket: new BackupBucket(deps, BACKUP_S3_URL, KEY, limits),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

/** A stream of so many bytes in odd pieces. */
function streamOf(size: number): { stream: ReadableStream<Bytes>; bytes: Bytes } {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, size)));
  }
  async function* pieces() {
    for (let at = 0; at < size; at += 99_991) {
      yield bytes.slice(at, at + 99_991);
      await Promise.resolve();
    }
  }
  return { stream: ReadableStream.from(pieces()), bytes };
}

const read = async (stream: ReadableStream<Bytes>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

const MIB = 1024 * 1024;
for (const size of [0, 1, 1_000_000, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 20 * MIB]) {
  Deno.test(`BackupBucket writes ${size} bytes and reads them back, in parts from 8 MiB on`, async () => {
    await using at = opened();
    const { stream, bytes } = streamOf(size);
    assertEquals(await at.bucket.write(NAME, stream, NEVER), size);
    assertEquals(await at.bucket.list(), [{ name: NAME, at: AT, bytes: size }]);
    const back = await read(await at.bucket.open(NAME));
    assertEquals([back.length, back.every((byte, i) => byte === bytes[i])], [size, true]);
    const parts = at.simulator.asked.filter((each) => /^PUT.*partNumber/.test(each)).length;
    assertEquals(parts, size < 8 * MIB ? 0 : Math.ceil(size / (8 * MIB)));
    assertEquals(at.simulator.uploads.size, 0);
    await at.bucket.remove(NAME);
    assertEquals(await at.bucket.list(), []);
    await at.bucket.remove("../other");
  });
}

Deno.test("BackupBucket lists page after page, the newest first, without what is no backup", async () => {
  await using at = opened();
  for (let day = 0; day < 8; day++) {
    await at.bucket.write(backupName(AT + day * 86_400_000), streamOf(day + 1).stream, NEVER);
  }
  at.simulator.objects.set("my team/obt-helper-else.txt", new Uint8Array(1));
  at.simulator.objects.set("another/obt-helper-2026-11-29T021000Z.backup", new Uint8Array(1));
  const all = await at.bucket.list();
  assertEquals(all.map(({ bytes }) => bytes), [8, 7, 6, 5, 4, 3, 2, 1]);
});

Deno.test("BackupBucket tries again while the server is busy, and then says that it fails", async () => {
  await using at = opened();
  at.simulator.fail({ busy: 3 });
  await at.bucket.write(NAME, streamOf(10).stream, NEVER);
  assertEquals(at.simulator.names, [NAME]);
  at.simulator.fail({ busy: 4 });
  await assertRejects(() => at.bucket.list(), "backup.bucket_failed");
  assertEquals(at.simulator.faults.busy, 0);
});

Deno.test("BackupBucket leaves nothing half: a broken upload is ended, and so is one that is stopped", async () => {
  await using at = opened();
  at.simulator.fail({ breakAfterParts: 1 });
  await assertRejects(
    () => at.bucket.write(NAME, streamOf(20 * MIB).stream, NEVER),
    "backup.bucket_failed",
  );
  at.simulator.fail({ incomplete: true });
  await assertRejects(
    () => at.bucket.write(NAME, streamOf(9 * MIB).stream, NEVER),
    "backup.bucket_failed",
  );
  at.simulator.fail({});
  const ending = new AbortController();
  const broken = new ReadableStream<Bytes>({
    pull(stream) {
      if (at.simulator.uploads.size > 0) ending.abort(new Error("stopped"));
      stream.enqueue(new Uint8Array(MIB));
    },
  });
  const stopped = await at.bucket.write(NAME, broken, ending.signal)
    .then(() => null, (error: unknown) => error);
  assertEquals(stopped instanceof Error && stopped.message, "stopped");
  assertEquals([at.simulator.uploads.size, at.simulator.names], [0, []]);
});

Deno.test("BackupBucket refuses an object whose end does not come, or comes too late", async () => {
  await using at = opened(undefined, { request: 20_000, idle: 300, pause: 1 });
  await at.bucket.write(NAME, streamOf(300_000).stream, NEVER);
  for (const fault of ["cut", "stuck"]) {
    at.simulator.fail({ [fault]: true });
    const stream = await at.bucket.open(NAME);
    await assertRejects(() => read(stream), "backup.bucket_cut");
  }
  await assertRejects(() => at.bucket.open(backupName(AT + 60_000)), "backup.gone");
});

Deno.test("BackupBucket gives a slow server its time, and no more", async () => {
  await using at = opened(undefined, { request: 2_000, idle: 2_000, pause: 1 });
  at.simulator.fail({ slow: 100 });
  assertEquals(await at.bucket.list(), []);
  await using hasty = opened(undefined, { request: 50, idle: 50, pause: 1 });
  hasty.simulator.fail({ slow: 5_000 });
  await assertRejects(() => hasty.bucket.list(), "backup.bucket_unreachable");
});

Deno.test("BackupBucket names what its setter can mend: rights, the secret, the region, the bucket, the address", async () => {
  await using at = opened();
  at.simulator.fail({ denied: true });
  await assertRejects(() => at.bucket.list(), "backup.bucket_denied");
  assertEquals(at.simulator.asked.length, 1);
  const { url } = at.simulator;
  const wrong = {
    [url.replace("a%2Fsecret", "another")]: "backup.bucket_denied",
    [url.replace("eu-central-1", "eu-west-9")]: "backup.bucket_denied",
    [url.replace("/backups/", "/others/")]: "backup.bucket_missing",
    "https://KEY:SECRET@127.0.0.1:1/backups": "backup.bucket_unreachable",
  };
  at.simulator.fail({});
  for (const [address, code] of Object.entries(wrong)) {
    await using other = opened(address);
    await assertRejects(() => other.bucket.list(), code);
  }
});

Deno.test("BucketErasures keep each addition, encrypted, and put many together", async () => {
  await using at = opened();
  const { erasures } = at.bucket;
  const one = (n: number) => ({
    id: `id-${n}`,
    erasure: { kind: "visitor" as const, visitor: `someone-${n}`, at: n },
  });
  assertEquals(await erasures.read(), []);
  for (let n = 0; n < 12; n++) await erasures.add([one(n)]);
  assertEquals((await erasures.read()).map(({ id }) => id).sort(), [
    ...Array.from({ length: 12 }, (_, n) => `id-${n}`).sort(),
  ]);
  assertEquals(at.simulator.names.length, 1);
  for (const bytes of at.simulator.objects.values()) {
    const text = new TextDecoder("latin1").decode(bytes);
    assert.ok(text.startsWith("OBTBAK1") && !text.includes("someone"));
  }
  at.simulator.fail({ denied: true });
  await assertRejects(() => erasures.read(), "backup.bucket_denied");
});

Deno.test("readConfig() takes a bucket only with the key that encrypts, and never shows its secret", () => {
  const taken = (env: Record<string, string>) => {
    try {
      return readConfig(env).BACKUP_S3_URL ?? null;
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
  };
  const url = "https://AKEY:sec%2Fret@s3.eu-central-1.amazonaws.com/my-backups/team/a";
  assertEquals(taken({ BACKUP_S3_URL: url, BACKUP_KEY: KEY }), {
    server: "https://s3.eu-central-1.amazonaws.com",
    bucket: "my-backups",
    prefix: "team/a/",
    region: "eu-central-1",
    accessKey: "AKEY",
    secretKey: "sec/ret",
  });
  assert.match(String(taken({ BACKUP_S3_URL: url })), /^Cannot start: .*needs a BACKUP_KEY/);
  for (
    const bad of [
      "s3.example/bucket",
      "https://s3.example/bucket",
      "https://AKEY:topsecret@s3.example",
      "https://AKEY:topsecret@s3.example/B",
      "http://AKEY:topsecret@s3.example/bucket",
      "https://AKEY:%E0topsecret@s3.example/bucket",
    ]
  ) {
    const said = String(taken({ BACKUP_S3_URL: bad, BACKUP_KEY: KEY }));
    assert.match(said, /^Cannot start: BACKUP_S3_URL takes https:\/\/KEY:SECRET@SERVER\/BUCKET/);
    assert.doesNotMatch(said, /topsecret/);
  }
});
