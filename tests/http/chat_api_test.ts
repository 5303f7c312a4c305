import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

const test = httpSuite();
const OTHER_TOOL = "math-tutor";
const JSON_TYPE = { "content-type": "application/json" };

/** The problem details of an answer; asserts their form. */
async function problem(answer: Response, status: number): Promise<Record<string, unknown>> {
  const text = await answer.text();
  assertEquals([answer.status, answer.headers.get("content-type")], [
    status,
    "application/problem+json",
  ], text);
  const body: Record<string, unknown> = JSON.parse(text);
  assertEquals(body.status, status);
  assert.match(String(body.type), /^\/problems\/[a-z0-9-]+$/);
  assert.ok(String(body.title).length > 3 && String(body.detail).length > 10);
  assert.doesNotMatch(text, /\bat \S+:\d+|node_modules|\/lib\/|\.ts\b/, "Nothing internal");
  return body;
}

test("POST /api/chat streams the turn's events in order, equal to the stored text", async (server) => {
  const visitor = new Visitor(server.url);
  const events = await visitor.ask("A table and code, please");
  const kinds = events.map(({ event }) => event);
  assertEquals([kinds[0], ...kinds.slice(-2)], ["start", "cost", "done"]);
  assert.ok(kinds.includes("delta") && kinds.includes("html"));
  assertEquals(
    new Set(kinds).difference(new Set(["start", "delta", "html", "cost", "done"])).size,
    0,
  );
  const [, reply] = await visitor.stored();
  assertEquals(textOf(events), reply?.text);
  const done = events.at(-1)?.fields;
  const blocks = events.filter(({ event }) => event === "html").flatMap(({ fields }) =>
    fields.blocks
  );
  assertEquals(done?.html, blocks.join(""));
  const cost = events.at(-2)?.fields;
  assert.match(String(cost?.turn), /^0\.\d+$/);
  assertEquals(cost?.turn, reply?.reply?.usd);
  assertEquals([cost?.level, cost?.basis, cost?.simulated], ["green", "reported", true]);
});

test("POST /api/chat with Accept: application/json answers 202 with the turn's id", async (server) => {
  const visitor = new Visitor(server.url);
  const answer = await visitor.post({ message: "Hello" }, { accept: "application/json" });
  assertEquals(answer.status, 202);
  const { turnId }: { turnId: string } = await answer.json();
  const events = await visitor.fetch(`/api/chat/${TOOL}/events`);
  for await (const { event, fields } of heard(events)) {
    if (event === "start") assertEquals(fields.turnId, turnId);
    if (event === "done") break;
  }
});

test("POST /api/chat with the requestId of a running turn streams that turn", async (server) => {
  const visitor = new Visitor(server.url);
  await visitor.fetch(`/chat/${TOOL}`);
  const requestId = crypto.randomUUID();
  const told = await Promise.all([1, 2, 3].map(async () => {
    const answer = await visitor.post({ message: "Only once", requestId });
    return textOf(await Array.fromAsync(heard(answer)));
  }));
  const later = await visitor.post({ message: "Only once", requestId });
  told.push(textOf(await Array.fromAsync(heard(later))));
  const stored = await visitor.stored();
  assertEquals(stored.length, 2);
  assertEquals(new Set(told), new Set([stored[1]?.text ?? ""]));
});

test("POST /api/chat with the requestId of a finished turn answers its id, and pays nothing", async (server) => {
  const visitor = new Visitor(server.url);
  await visitor.fetch(`/chat/${TOOL}`);
  const asked = { message: "Only once", requestId: crypto.randomUUID() };
  const repeat = async () => {
    const answer = await visitor.post(asked, { accept: "application/json" });
    const { turnId }: { turnId: string } = await answer.json();
    return [answer.status, turnId];
  };
  const first = await repeat();
  await until("the reply", async () => (await visitor.stored()).length === 2);
  const spent = async () => {
    const answer = await visitor.fetch(`/api/cost-summary?toolId=${TOOL}`);
    const { todayCost }: { todayCost: number } = await answer.json();
    return todayCost;
  };
  const before = await spent();
  assertEquals(await repeat(), first);
  assertEquals(first[0], 202);
  assert.match(String(first[1]), /^[\w-]{21}$/);
  assertEquals(await spent(), before);
  assertEquals((await visitor.stored()).length, 2);
});

test("POST /api/chat refuses a requestId of another tool as a conflict, as a stream and as JSON", async (server) => {
  const visitor = new Visitor(server.url);
  const asked = { message: "Only here", requestId: crypto.randomUUID() };
  const first = await visitor.post(asked);
  await Array.fromAsync(heard(first));
  for (const accept of ["text/event-stream", "application/json"]) {
    const other = await visitor.post({ ...asked, toolId: OTHER_TOOL }, { accept });
    const { code, retryable } = await problem(other, 409);
    assertEquals([code, retryable], ["turn.asked_elsewhere", false], accept);
  }
  const there = await visitor.fetch(`/chat/${OTHER_TOOL}/export?format=json`);
  const { messages = [] }: { messages?: unknown[] } = await there.json().catch(() => ({}));
  assertEquals(messages, []);
  // Its own tool is still joined.
  const again = await visitor.post(asked);
  assertEquals(
    textOf(await Array.fromAsync(heard(again))),
    (await visitor.stored())[1]?.text,
  );
});

test("POST /api/chat with the requestId of an earlier turn ends with reload, and tells no other turn", async (server) => {
  const visitor = new Visitor(server.url);
  const asked = { message: "The first", requestId: crypto.randomUUID() };
  await Array.fromAsync(heard(await visitor.post(asked)));
  await visitor.ask("The second");
  const replayed = async () => {
    const events = await Array.fromAsync(heard(await visitor.post(asked)));
    return events.map(({ event }) => event);
  };
  assertEquals(await replayed(), ["reload"], "After a later turn");
  assertEquals((await visitor.stored()).length, 4);
  const begun = await visitor.fetch(`/chat/${TOOL}`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ action: "new" }),
  });
  assertEquals(begun.status, 303, await begun.text());
  assertEquals(await replayed(), ["reload"], "After the conversation was put aside");
});

test("GET /api/chat/{tool}/events resumes after any Last-Event-ID", async (server) => {
  const visitor = new Visitor(server.url);
  await visitor.fetch(`/chat/${TOOL}`);
  const whole = await visitor.ask("In detail, with a table and code [[mock:pace=1]]");
  const [, reply] = await visitor.stored();
  const ids = whole.map(({ id }) => id).filter((id) => id !== "");
  assert.ok(ids.length > 4);
  for (const [i, id] of ids.entries()) {
    const before = textOf(whole.slice(0, whole.findIndex((event) => event.id === id) + 1));
    const answer = await visitor.fetch(`/api/chat/${TOOL}/events`, {
      headers: { "last-event-id": id },
    });
    if (i === ids.length - 1) {
      await answer.body?.cancel();
      continue;
    }
    let after = "";
    for await (const { event, fields } of heard(answer)) {
      if (event === "delta") after += fields.text;
      if (event === "done") break;
    }
    assertEquals(before + after, reply?.text, `After event ${i} (${id})`);
  }
});

test("POST /api/chat answers 400 and names the invalid field", async (server) => {
  const visitor = new Visitor(server.url);
  const cases: [string, Record<string, unknown>][] = [
    ["message", {}],
    ["message", { message: "" }],
    ["message", { message: "   \n" }],
    ["message", { message: 7 }],
    ["message", { message: "x".repeat(30_001) }],
    ["toolId", { message: "Hello", toolId: "No Such!" }],
    ["toolId", { message: "Hello", toolId: null }],
    ["requestId", { message: "Hello", requestId: "short" }],
    ["action", { message: "Hello", action: "dance" }],
    ["seq", { message: "Hello", action: "edit" }],
    ["attachments", { message: "Hello", attachments: [{}] }],
  ];
  for (const [field, body] of cases) {
    const said = await problem(await visitor.post(body), 400);
    assertEquals(said.field, field, JSON.stringify(body).slice(0, 80));
    assertEquals(said.retryable, false);
    if (String(body.message).length > 30_000) {
      assertEquals(said.detail, "Too long: 30,001 of 30,000 characters.");
    }
  }
  for (const body of ["", "{", "null", "[]", "\ud800", '"text"']) {
    const answer = await visitor.fetch("/api/chat", { method: "POST", body, headers: JSON_TYPE });
    await problem(answer, 400);
  }
  const bytes = await visitor.fetch("/api/chat", {
    method: "POST",
    headers: JSON_TYPE,
    body: new Uint8Array([255, 254]),
  });
  await problem(bytes, 400);
  assertEquals(await visitor.stored(), []);
});

test("POST /api/chat answers 415 to content types that another site could send without preflight", async (server) => {
  const visitor = new Visitor(server.url);
  const body = JSON.stringify({ toolId: TOOL, message: "Hello" });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const headers = { "content-type": type };
    const answer = await visitor.fetch("/api/chat", { method: "POST", body, headers });
    await problem(answer, 415);
  }
  await problem(
    await visitor.fetch("/api/chat", { method: "POST", body: new TextEncoder().encode(body) }),
    415,
  );
  assertEquals(await visitor.stored(), []);
});

test("POST /api/chat answers 404 for an unknown tool, 409 while a reply is under way", async (server) => {
  const visitor = new Visitor(server.url);
  await problem(await visitor.post({ message: "Hello", toolId: "no-such-tool" }), 404);
  const running = await visitor.post({ message: "Slowly, in detail [[mock:pace=100]]" });
  const busy = await problem(await visitor.post({ message: "And now?" }), 409);
  assertEquals(busy.retryable, true);
  await visitor.stop();
  await running.text();
  const gone = await problem(await visitor.post({ action: "edit", seq: 40, message: "Hi" }), 409);
  assertEquals(gone.retryable, false);
});

test("an invalid percent-encoding in an address gets 400, as a page or a problem", async (server) => {
  const visitor = new Visitor(server.url);
  for (const path of ["/chat/%zz", "/chat/%E0%A4%A", "/chat/%", "/nowhere/%ff"]) {
    const answer = await visitor.fetch(path);
    assertEquals(answer.status, 400, path);
    assert.match(await answer.text(), /stands for no character/, path);
  }
  await problem(await visitor.fetch("/api/chat/%zz/events"), 400);
  await problem(await visitor.fetch("/api/chat/%zz/stop", { method: "POST" }), 400);
  const encoded = await visitor.fetch("/chat/%C3%A9%2525");
  assertEquals(encoded.status, 404);
  await encoded.body?.cancel();
});

test("every address answers 405 to an unknown method, 404 where nothing is", async (server) => {
  const visitor = new Visitor(server.url);
  const wrong: [string, string][] = [
    ["DELETE", "/api/chat"],
    ["GET", "/api/chat"],
    ["PUT", "/api/tools"],
    ["POST", `/api/chat/${TOOL}/events`],
    ["GET", `/api/chat/${TOOL}/stop`],
    ["POST", "/api/health"],
  ];
  for (const [method, path] of wrong) {
    const answer = await visitor.fetch(path, { method });
    const text = await answer.text();
    assertEquals(answer.status, 405, `${method} ${path}: ${text.slice(0, 200)}`);
    assert.ok(answer.headers.get("allow"), `${method} ${path} says what is allowed`);
  }
  const page = await visitor.fetch("/help", { method: "POST" });
  assertEquals([page.status, page.headers.get("allow")], [405, "GET, HEAD"]);
  await page.body?.cancel();
  const asked = await visitor.fetch("/api/link", { method: "OPTIONS" });
  assertEquals([asked.status, asked.headers.get("allow")], [204, "GET, HEAD, POST, DELETE"]);
  await problem(await visitor.fetch("/api/nothing"), 404);
  await problem(await visitor.fetch("/api/chat/no-such-tool/events"), 404);
  const nowhere = await visitor.fetch("/nowhere");
  assertEquals(nowhere.status, 404);
  assert.match(await nowhere.text(), /<h1[^>]*>Page not found<\/h1>/);
});
