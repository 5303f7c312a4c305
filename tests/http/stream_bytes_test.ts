import http from "node:http";
import { gunzipSync } from "node:zlib";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { Visitor } from "@/tests/support/visitor.ts";

const test = httpSuite();
/** The mock provider says it word by word. */
const QUESTION = "Explain oral Bible translation in three short paragraphs.";

interface Heard {
  encoding: string | undefined;
  /** As received, still compressed. */
  body: Uint8Array;
  pieces: number;
}

/** Asks the question, and reads the answer's stream to its end, or to `cancelAfter` pieces. */
function ask(
  url: string,
  cookie: string,
  accepted: string,
  cancelAfter = Infinity,
): Promise<Heard> {
  const { promise, resolve, reject } = Promise.withResolvers<Heard>();
  const request = http.request(`${url}/api/chat`, {
    method: "POST",
    headers: {
      cookie,
      "content-type": "application/json",
      "accept": "text/event-stream",
      "accept-encoding": accepted,
    },
  }, (response) => {
    const pieces: Uint8Array[] = [];
    const done = () =>
      resolve({
        encoding: response.headers["content-encoding"],
        body: new Uint8Array(Buffer.concat(pieces)),
        pieces: pieces.length,
      });
    response.on("data", (piece: Uint8Array) => {
      pieces.push(piece);
      if (pieces.length < cancelAfter) return;
      done();
      request.destroy();
    });
    response.on("end", done);
    response.on("error", reject);
  });
  request.on("error", reject);
  request.end(JSON.stringify({ toolId: TOOL, message: QUESTION }));
  return promise;
}

const textOf = (stream: string) =>
  [...stream.matchAll(/^event: delta\ndata: (.*)$/gm)].map(([, data]) =>
    String(JSON.parse(data ?? "{}").text)
  ).join("");

async function cookieOf(visitor: Visitor): Promise<string> {
  const page = await visitor.fetch(`/chat/${TOOL}`);
  await page.body?.cancel();
  return page.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
}

test("eventStream() costs a short reply at most 2.5 times its text where gzip is taken", async (server) => {
  const cookie = await cookieOf(new Visitor(server.url));
  const { encoding, body, pieces } = await ask(server.url, cookie, "gzip, deflate, br");
  assertEquals(encoding, "gzip");
  const stream = new TextDecoder().decode(gunzipSync(body));
  const text = new TextEncoder().encode(textOf(stream)).length;
  assert.ok(text > 400 && text < 600, `${text} bytes of text`);
  assert.match(stream, /event: done/);
  assert.ok(pieces > 5, "It arrives piece by piece");
  // deno-lint-ignore no-console -- a figure to read, in the output of the tests
  console.info(`a reply of ${text} bytes took ${body.length}: ${body.length / text} times`);
  assert.ok(body.length <= 2.5 * text, `${body.length} bytes for ${text}`);
});

test("eventStream() sends plain text where gzip is not taken, and the same events", async (server) => {
  const cookie = await cookieOf(new Visitor(server.url));
  for (const accepted of ["identity", "gzip;q=0, identity"]) {
    const { encoding, body } = await ask(server.url, cookie, accepted);
    assertEquals(encoding, undefined);
    const stream = new TextDecoder().decode(body);
    const html: string = JSON.parse(/event: done\ndata: (.*)/.exec(stream)?.[1] ?? "{}").html;
    assert.match(html, /<p dir="auto">/);
    assert.ok(textOf(stream).length > 400);
  }
});

test("eventStream() lets go of a reader that leaves in mid-stream", async (server) => {
  const visitor = new Visitor(server.url);
  const cookie = await cookieOf(visitor);
  const { pieces } = await ask(server.url, cookie, "gzip", 2);
  assertEquals(pieces, 2);
  // The reply goes on without it, and the server answers.
  const answer = await visitor.fetch("/api/live");
  assertEquals(answer.status, 200);
  await answer.body?.cancel();
});
