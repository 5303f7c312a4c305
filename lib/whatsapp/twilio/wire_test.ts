import http from "node:http";
import { addressOf } from "@/tests/simulators/twilio_http.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { exchange, isPrivate, WireError, type WireLimits } from "./wire.ts";

const LIMITS: WireLimits = { timeoutMs: 2_000, maxBytes: 1_000, signal: undefined };
const post = (url: string) => ({ url: new URL(url), method: "POST", headers: {}, body: "a=1" });

/** A server with a given answer; `count` is the number of requests. */
async function serving(answer: http.RequestListener) {
  let count = 0;
  const server = http.createServer((request, response) => {
    count++;
    answer(request, response);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return {
    url: addressOf(server),
    count: () => count,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function fault(run: Promise<unknown>): Promise<WireError> {
  const error = await run.then(() => null, (error) => error);
  assert.ok(error instanceof WireError, String(error));
  return error;
}

Deno.test("exchange() sends once even when the connection is reset", async () => {
  let reset = false;
  using server = await serving((request, response) => {
    if (reset) request.socket.destroy();
    else response.end("fine");
  });
  for (let i = 0; i < 3; i++) await exchange(post(server.url), LIMITS);
  reset = true;
  const { fault: what, sent } = await fault(exchange(post(server.url), LIMITS));
  assertEquals([what, sent, server.count()], ["connection", true, 4]);
});

Deno.test("exchange() returns status, headers and body", async () => {
  using server = await serving((_, response) => {
    response.writeHead(418, { "retry-after": "3" });
    response.end("short and stout");
  });
  const { status, headers, body } = await exchange(post(server.url), LIMITS);
  assertEquals([status, headers.get("retry-after")], [418, "3"]);
  assertEquals(new TextDecoder().decode(body), "short and stout");
});

Deno.test("exchange() rejects a truncated or too long response", async () => {
  using short = await serving((_, response) => {
    response.writeHead(200, { "content-length": "10" });
    response.write("half");
    setTimeout(() => response.socket?.destroy(), 10);
  });
  assertEquals((await fault(exchange(post(short.url), LIMITS))).fault, "connection");
  using long = await serving((_, response) => void response.end("x".repeat(1_001)));
  assertEquals((await fault(exchange(post(long.url), LIMITS))).fault, "tooLarge");
});

Deno.test("exchange() reports a failed connection as not sent", async () => {
  const refused = await fault(exchange(post("http://127.0.0.1:1"), LIMITS));
  assertEquals([refused.fault, refused.sent], ["connection", false]);
  const nowhere = await fault(exchange(post("http://nowhere.invalid"), LIMITS));
  assertEquals([nowhere.fault, nowhere.sent], ["connection", false]);
  const aborted = { ...LIMITS, signal: AbortSignal.abort() };
  const given = await fault(exchange(post("http://127.0.0.1:1"), aborted));
  assertEquals([given.fault, given.sent], ["aborted", false]);
});

Deno.test("exchange() refuses private addresses of a name with `publicOnly`", async () => {
  using server = await serving((_, response) => void response.end());
  const url = server.url.replace("127.0.0.1", "localhost");
  const error = await fault(exchange(post(url), { ...LIMITS, publicOnly: true }));
  assertEquals([error.fault, error.sent, server.count()], ["address", false, 0]);
});

Deno.test("isPrivate() covers the special-purpose ranges", () => {
  const theirs = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"];
  for (const address of theirs) assert.ok(!isPrivate(address), address);
  for (
    const address of [
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "255.255.255.255",
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "no address",
    ]
  ) assert.ok(isPrivate(address), address);
});
