import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { pourUntilAnswered } from "@/tests/support/raw_request.ts";
import { Visitor } from "@/tests/support/visitor.ts";

const test = httpSuite();
/** Bytes that may be buffered in two sockets when the answer is written. */
const IN_FLIGHT = 8 << 20;

test("POST /api/chat answers 413 to a too large Content-Length before reading the body", async (server) => {
  const { status, sent } = await pourUntilAnswered(
    server.port,
    `POST /api/chat HTTP/1.1\nhost: localhost\ncontent-type: application/json\ncontent-length: 300000000`,
  );
  assertEquals(status, 413);
  assert.ok(sent < IN_FLIGHT, `${sent} bytes were taken`);
});

test("POST /api/chat answers 413 in the middle of a chunked body without a length", async (server) => {
  const { status, sent, body } = await pourUntilAnswered(
    server.port,
    `POST /api/chat HTTP/1.1\nhost: localhost\ncontent-type: application/json\ntransfer-encoding: chunked`,
  );
  assertEquals(status, 413);
  assert.match(body, /"type":"\/problems\/too-large"/);
  assert.ok(sent < IN_FLIGHT, `${sent} bytes were taken`);
});

test("POST /chat/{tool} answers 413 in the middle of a chunked form", async (server) => {
  const { status, sent } = await pourUntilAnswered(
    server.port,
    `POST /chat/${TOOL} HTTP/1.1\nhost: localhost\ncontent-type: application/x-www-form-urlencoded\ntransfer-encoding: chunked`,
  );
  assertEquals(status, 413);
  assert.ok(sent < IN_FLIGHT, `${sent} bytes were taken`);
});

test("POST /api/chat takes the longest message of any script, and the server lives on", async (server) => {
  const visitor = new Visitor(server.url);
  const longest = "語".repeat(20_000);
  const events = await visitor.ask(longest);
  assertEquals(events.at(-1)?.event, "done");
  assertEquals((await visitor.stored())[0]?.text, longest);
  const form = await visitor.fetch(`/chat/${TOOL}`, {
    method: "POST",
    body: new URLSearchParams({ action: "send", message: "é".repeat(25_000) }),
  });
  assertEquals(form.status, 303);
  await form.body?.cancel();
});

test("POST /chat/{tool} refuses other content types, and keeps the text when it refuses", async (server) => {
  const visitor = new Visitor(server.url);
  const body = "message=hello";
  const other = await visitor.fetch(`/chat/${TOOL}`, { method: "POST", body });
  assertEquals(other.status, 400);
  await other.body?.cancel();
  const long = `${"word ".repeat(7_000)}end`;
  const refused = await visitor.fetch(`/chat/${TOOL}`, {
    method: "POST",
    body: new URLSearchParams({ action: "send", message: long }),
  });
  assertEquals(refused.status, 400);
  assert.ok((await refused.text()).includes(long.slice(-100)));
});
