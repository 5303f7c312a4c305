import { bytesOf, type Field, message, numberOf, readFields } from "./kv_connect_protobuf.ts";
import { type Row, Rows } from "./kv_connect_rows.ts";

/*
 * Simulates a KV Connect server, the protocol of `Deno.openKv("http://…")`, with rows in memory:
 * https://github.com/denoland/denokv/blob/main/proto/kv-connect.md. Supports reads of keys and
 * ranges, and atomic writes of checks, set and delete; no watch, queue or sum.
 */

/** Faults, by share of all writes, or reads (0 to 1). */
export interface Troubles {
  /** Breaks off the answers to a share of reads. */
  cut?: number;
  /** Commits, then loses the answer: half of them as a 503, half as a truncated answer. */
  lose?: number;
  /** Delays a share of writes before they are processed. */
  late?: { share: number; ms: number };
  /** While there is a gate, every write waits for it before it is processed. */
  hold?: { gate: Promise<void> | null };
  /** Random numbers in [0, 1); Math.random by default. */
  random?: () => number;
}

export interface KvConnect extends AsyncDisposable {
  readonly url: string;
  readonly counts: { reads: number; commits: number; failedChecks: number; lost: number };
}

/**
 * The token of every simulated server: clients read it from DENO_KV_ACCESS_TOKEN when they connect,
 * and test files that run at once share that variable.
 */
export const KV_CONNECT_TOKEN = "a-token-of-the-tests";

const PROTOCOL = 3;
const SUCCESS = 1;
const CHECK_FAILED = 2;
const [SET, DELETE] = [1, 2];

/** Serves an empty store on a free local port, for clients with the token. */
export function serveKvConnect(token: string, troubles: Troubles = {}): KvConnect {
  const store = new ConnectStore();
  const { cut = 0, lose = 0, late = { share: 0, ms: 0 }, random = Math.random, hold } = troubles;
  const database = crypto.randomUUID();
  let due = lose > 0 ? 0.5 : 0;
  const counts = { reads: 0, commits: 0, failedChecks: 0, lost: 0 };

  async function answer(request: Request): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${token}`) {
      return new Response("The token is not known", { status: 401 });
    }
    const { pathname } = new URL(request.url);
    if (pathname === "/") return Response.json(metadata());
    const fields = readFields(new Uint8Array(await request.arrayBuffer()));
    if (pathname === "/data/snapshot_read") {
      counts.reads++;
      if (random() < cut) return broken();
      return protobuf(store.read(fields));
    }
    if (pathname !== "/data/atomic_write") return new Response("No such call", { status: 404 });
    if (hold?.gate) await hold.gate;
    if (random() < late.share) await new Promise((done) => setTimeout(done, late.ms));
    const committed = store.write(fields);
    if (committed === null) counts.failedChecks++;
    else counts.commits++;
    // By count, not by chance, so that a short run loses its share too; starts half a share ahead.
    if (committed !== null) due += lose;
    if (due >= 1) {
      due -= 1;
      counts.lost++;
      return random() < 0.5 ? new Response("Lost", { status: 503 }) : broken();
    }
    return protobuf(
      committed === null ? message([1, CHECK_FAILED]) : message([1, SUCCESS], [2, committed]),
    );
  }

  const metadata = () => ({
    version: PROTOCOL,
    databaseId: database,
    endpoints: [{ url: "/data", consistency: "strong" }],
    token,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });

  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: (error) => new Response(String(error), { status: 400 }),
  }, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    counts,
    [Symbol.asyncDispose]: async () => {
      // Clients keep their connections alive: do not wait for them.
      await Promise.race([server.shutdown(), new Promise((done) => setTimeout(done, 200))]);
    },
  };
}

/** The rows behind the protocol's two calls; both are atomic. */
class ConnectStore {
  private readonly rows = new Rows();
  private version = 0;

  read(request: Field[]): Uint8Array {
    const now = Date.now();
    const ranges = bytesOf(request, 1).map((each): [number, Uint8Array] => {
      const range = readFields(each);
      const found = this.rows.range(
        keyOf(range, 1),
        keyOf(range, 2),
        numberOf(range, 3),
        numberOf(range, 4) === 1,
        now,
      );
      return [1, message(...found.map(entry))];
    });
    return message(...ranges, [4, 1], [8, SUCCESS]);
  }

  /** The versionstamp of the commit, or null when a check failed. */
  write(request: Field[]): Uint8Array | null {
    const now = Date.now();
    const mutations = bytesOf(request, 2).map(readFields);
    if (mutations.some((m) => ![SET, DELETE].includes(numberOf(m, 3)))) {
      throw new RangeError("Only set and delete are known");
    }
    for (const check of bytesOf(request, 1).map(readFields)) {
      const row = this.rows.get(keyOf(check, 1), now);
      const expected = bytesOf(check, 2)[0] ?? new Uint8Array(0);
      if (versionOf(expected) !== (row?.version ?? 0)) return null;
    }
    const version = ++this.version;
    for (const mutation of mutations) {
      const key = keyOf(mutation, 1);
      if (numberOf(mutation, 3) === DELETE) this.rows.delete(key);
      else this.rows.set(key, { ...valueOf(mutation), version, expiresAt: numberOf(mutation, 4) });
    }
    return stampOf(version);
  }
}

function entry([key, row]: [string, Row]): [number, Uint8Array] {
  const bytes = Uint8Array.from(key, (unit) => unit.charCodeAt(0));
  return [1, message([1, bytes], [2, row.data], [3, row.encoding], [4, stampOf(row.version)])];
}

function keyOf(fields: readonly Field[], tag: number): string {
  return Array.from(bytesOf(fields, tag)[0] ?? [], (byte) => String.fromCharCode(byte)).join("");
}

function valueOf(mutation: readonly Field[]): Pick<Row, "data" | "encoding"> {
  const value = readFields(bytesOf(mutation, 2)[0] ?? new Uint8Array(0));
  return { data: bytesOf(value, 1)[0]?.slice() ?? new Uint8Array(0), encoding: numberOf(value, 2) };
}

/** Ten bytes; an empty one means that there is no row. */
function stampOf(version: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(version));
  return bytes;
}

function versionOf(stamp: Uint8Array): number {
  return stamp.length < 8
    ? 0
    : Number(new DataView(stamp.buffer, stamp.byteOffset).getBigUint64(0));
}

function protobuf(bytes: Uint8Array): Response {
  return new Response(bytes.slice(), { headers: { "content-type": "application/x-protobuf" } });
}

/** An answer that begins and then breaks off. */
function broken(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array([8]));
      setTimeout(() => controller.error(new Error("broken off")), 5);
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-protobuf" } });
}
