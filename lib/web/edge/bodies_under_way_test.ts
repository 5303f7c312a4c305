import { AppError } from "../../platform/errors.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { until } from "@/tests/support/wait.ts";
import { BodiesUnderWay } from "./bodies_under_way.ts";
import { readText } from "./body.ts";
import { problemAnswer } from "../errors.ts";

const LIMIT = 10_000;
const encoder = new TextEncoder();

/** A server that reads bodies within limits, on a port. */
function serve(bodies: BodiesUnderWay) {
  const read: (string | number)[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  }, async (request) => {
    try {
      read.push((await readText(request, LIMIT, bodies)).length);
      return new Response("ok");
    } catch (error) {
      read.push(error instanceof AppError ? error.kind : String(error));
      return problemAnswer(error, { language: "en", timeZone: "UTC", now: 0 }, "");
    }
  });
  const clients: Client[] = [];
  return {
    read,
    post: async (head: string) => {
      const client = await Client.post(server.addr.port, head);
      clients.push(client);
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close();
      await server.shutdown();
    },
  };
}

class Client {
  private constructor(private readonly connection: Deno.Conn) {}

  static async post(port: number, head: string): Promise<Client> {
    const client = new Client(await Deno.connect({ hostname: "127.0.0.1", port }));
    await client.send(`POST / HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n`);
    return client;
  }

  async send(text: string): Promise<void> {
    await this.connection.write(encoder.encode(text));
  }

  /** The server's answer, up to the end of its JSON. */
  async answer(): Promise<string> {
    const buffer = new Uint8Array(4_096);
    let text = "";
    while (!text.endsWith("}")) {
      const read = await this.connection.read(buffer);
      if (read === null) break;
      text += new TextDecoder().decode(buffer.subarray(0, read));
    }
    return text;
  }

  close(): void {
    this.connection.close();
  }
}

const ANNOUNCED = "content-length: 5000";
const CHUNKED = "transfer-encoding: chunked";
const piece = (size: number) => `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`;

const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeResources: false, sanitizeOps: false });

test("BodiesUnderWay answers 408 to a body that stops or never comes", async () => {
  const bodies = new BodiesUnderWay({ bytes: 1e6, idleMs: 100, bytesPerSecond: 1e6 });
  await using server = serve(bodies);
  const silent = [await server.post(ANNOUNCED), await server.post(CHUNKED)];
  await silent[0]?.send("half");
  for (const client of silent) {
    const answer = await client.answer();
    assert.match(answer, /^HTTP\/1\.1 408/);
    assert.match(answer, /"type":"\/problems\/too-slow"/);
  }
  assertEquals(server.read, ["too_slow", "too_slow"]);
});

test("BodiesUnderWay ends a body below the minimum rate", async () => {
  const bodies = new BodiesUnderWay({ bytes: 1e6, idleMs: 200, bytesPerSecond: LIMIT * 10 });
  await using server = serve(bodies);
  const clients = [await server.post(ANNOUNCED), await server.post(CHUNKED)];
  const drops = ["x", piece(1)];
  const dripping = setInterval(() => {
    clients.forEach((client, i) => client.send(drops[i] ?? "").catch(() => {}));
  }, 30);
  for (const client of clients) assert.match(await client.answer(), /^HTTP\/1\.1 408/);
  clearInterval(dripping);
});

test("BodiesUnderWay reads a slow body above the minimum rate to its end", async () => {
  const bodies = new BodiesUnderWay({ bytes: 1e6, idleMs: 400, bytesPerSecond: 1_000 });
  await using server = serve(bodies);
  const client = await server.post(CHUNKED);
  for (let i = 0; i < 6; i++) {
    await client.send(piece(100));
    await new Promise((done) => setTimeout(done, 100));
  }
  await client.send("0\r\n\r\n");
  await until("the body", () => server.read.length > 0);
  assertEquals(server.read, [600]);
});

test("BodiesUnderWay evicts the oldest body, and always reads a new one", async () => {
  const bodies = new BodiesUnderWay({ bytes: 20_000, idleMs: 60_000, bytesPerSecond: 1 });
  await using server = serve(bodies);
  const held = [];
  for (let i = 0; i < 4; i++) {
    const client = await server.post(i % 2 === 0 ? ANNOUNCED : CHUNKED);
    await client.send(i % 2 === 0 ? "x" : piece(5_000));
    await new Promise((done) => setTimeout(done, 20));
    held.push(client);
  }
  assertEquals(server.read, []);
  const honest = await server.post(ANNOUNCED);
  await honest.send("x".repeat(5_000));
  await until("two answers", () => server.read.length === 2);
  assertEquals(server.read, ["too_slow", 5_000]);
  assert.match(await held[0]?.answer() ?? "", /^HTTP\/1\.1 408/);
});
