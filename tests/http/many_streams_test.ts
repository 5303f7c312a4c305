import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import type { Server } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

const ALL = 60;
const PER_ADDRESS = ALL / 3;
const test = httpSuite({
  env: { MAX_EVENT_STREAMS: String(ALL), TRUSTED_PROXIES: "127.0.0.1" },
});

/** Opens event streams one after the other; all are closed with the test, which may fail. */
class Streams implements AsyncDisposable {
  readonly texts: string[] = [];
  readonly over = new Set<number>();
  private readonly readers: ReadableStreamDefaultReader[] = [];

  async open(visitor: Visitor, init: RequestInit = {}, path = `/api/chat/${TOOL}/events`) {
    const answer = await visitor.fetch(path, init);
    assertEquals(answer.status, 200);
    assert.ok(answer.body);
    const number = this.texts.push("") - 1;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    this.readers.push(reader);
    this.read(reader, number);
  }

  private async read(reader: ReadableStreamDefaultReader<string>, number: number) {
    try {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        this.texts[number] += piece.value;
      }
    } catch {
      // The server closed the connection.
    }
    this.over.add(number);
  }

  /** Waits until `count` streams have ended; their indexes. */
  async ended(count: number): Promise<number[]> {
    await until(`${count} streams to end`, () => this.over.size >= count);
    // Waits for any stream that would end with these.
    await new Promise((done) => setTimeout(done, 100));
    return [...this.over].sort((a, b) => a - b);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.cancel().catch(() => {})));
  }
}

const first = (count: number) => Array.from({ length: count }, (_, i) => i);
const from = (server: Server, address: string) =>
  new Visitor(server.url, { "x-forwarded-for": address });

test("event streams: of a visitor's 25 the five oldest are closed and told to reconnect later", async (server) => {
  await using streams = new Streams();
  const visitor = from(server, "192.0.2.1");
  await (await visitor.fetch(`/chat/${TOOL}`)).body?.cancel();
  for (let i = 0; i < 25; i++) await streams.open(visitor);
  assertEquals(await streams.ended(5), first(5));
  for (const number of first(5)) assert.match(streams.texts[number] ?? "", /^retry: 30000$/m);
  await visitor.ask("Hello");
  await until(
    "all others to hear of it",
    () => streams.texts.filter((text) => text.includes("event: done")).length >= 19,
  );
});

test("event streams: an address over its limit loses its oldest, other addresses none", async (server) => {
  await using streams = new Streams();
  await streams.open(from(server, "192.0.2.2"));
  for (let i = 0; i < PER_ADDRESS + 4; i++) await streams.open(from(server, "192.0.2.3"));
  assertEquals(await streams.ended(4), [1, 2, 3, 4]);
});

test("event streams: the total stays below the limit, and new streams are served", async (server) => {
  await using streams = new Streams();
  const crowd = (i: number) => `198.51.${100 + i % 4}.7`;
  for (let i = 0; i < ALL + 6; i++) await streams.open(from(server, crowd(i)));
  assertEquals(await streams.ended(6), first(6));
  const text = streams.texts.length;
  await streams.open(from(server, "203.0.113.1"));
  assertEquals(await streams.ended(7), first(7));
  assert.ok(!streams.over.has(text));
});

test("event streams: repeating the same POST opens no more streams than others do", async (server) => {
  await using streams = new Streams();
  const visitor = from(server, "192.0.2.9");
  const body = JSON.stringify({
    toolId: TOOL,
    message: "Slowly, in detail [[mock:pace=400]]",
    requestId: "the-same-request-again",
  });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body };
  for (let i = 0; i < 23; i++) await streams.open(visitor, init, "/api/chat");
  assertEquals(await streams.ended(3), first(3));
  await visitor.stop();
});
