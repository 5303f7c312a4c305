import { EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { keysAt } from "@/tests/support/api_keys.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { askRaw, type RawAnswer } from "@/tests/support/raw_request.ts";
import type { Server } from "@/tests/support/server.ts";

const test = httpSuite({ env: { ADMIN_PASSWORD: PASSWORD, ALLOWED_ADMIN_EMAILS: EMAIL } });
const CODINGS = ["", "gzip", "br", "gzip, br"];
/** What tells of the body. */
const OF_BODY = ["content-length", "content-encoding", "content-type", "vary", "etag", "location"];

async function ask(
  { port }: Server,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: "close", ...headers })
    .map(([name, value]) => `${name}: ${value}`);
  return await askRaw(port, [`${method} ${path} HTTP/1.1`, ...lines].join("\n"));
}

function told({ head }: RawAnswer): Record<string, string> {
  const all = head.split("\r\n").slice(1).map((line): [string, string] => {
    const [name = "", ...value] = line.split(":");
    return [name.toLowerCase(), value.join(":").trim()];
  });
  return Object.fromEntries(all.filter(([name]) => OF_BODY.includes(name)));
}

/** Asserts that HEAD tells of a body what GET does, compressed or not, and has none. */
async function assertAlike(
  server: Server,
  path: string,
  { status = 200, ...headers }: { status?: number; authorization?: string; cookie?: string } = {},
): Promise<void> {
  for (const coding of CODINGS) {
    const what = `${path} ${coding}`;
    const asked = { ...headers, ...(coding === "" ? {} : { "accept-encoding": coding }) };
    const get = await ask(server, "GET", path, asked);
    const head = await ask(server, "HEAD", path, asked);
    assertEquals([get.status, head.status, head.body], [status, status, ""], what);
    assertEquals(told(head), told(get), what);
  }
}

test("HEAD of pages tells the length of GET, or none, compressed and not", async (server) => {
  const page = await ask(server, "HEAD", "/chat/general-assistant", {});
  assert.ok(Number(told(page)["content-length"]) > 1_000, page.head);
  const packed = await ask(server, "HEAD", "/", { "accept-encoding": "gzip" });
  assertEquals([told(packed)["content-encoding"], told(packed)["content-length"]], [
    "gzip",
    undefined,
  ]);
  for (const path of ["/", "/chat/general-assistant", "/settings"]) await assertAlike(server, path);
  await assertAlike(server, "/no-such-page", { status: 404 });
});

test("HEAD of static files tells the length of GET in each encoding", async (server) => {
  const html = await (await fetch(`${server.url}/`)).text();
  const [, sheet = ""] = /<link[^>]*href="([^"]+\.css[^"]*)"/.exec(html) ?? [];
  for (const path of [sheet, "/sw.js"]) {
    await assertAlike(server, path.replaceAll("&amp;", "&"));
    const { head } = await ask(server, "HEAD", path, {});
    assert.match(head, /^content-length: [1-9]\d+\r?$/im);
  }
});

test("HEAD of the API's answers, of redirects and of refusals tells what GET tells", async (server) => {
  const key = await keysAt(server.kvPath).make();
  await assertAlike(server, "/api/openapi.json");
  await assertAlike(server, "/v1/models", { authorization: `Bearer ${key}` });
  await assertAlike(server, "/v1/models", { status: 401 });
  await assertAlike(server, "/admin", { status: 303 });
  const { head } = await ask(server, "HEAD", "/api/health", {});
  assert.match(head, /^content-length: [1-9]\d+\r?$/im);
});

test("HEAD of an event stream ends at once and takes no room of others", async (server) => {
  const page = await fetch(`${server.url}/chat/general-assistant`);
  await page.body?.cancel();
  const cookie = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  // More than one visitor may have open.
  for (let i = 0; i < 30; i++) {
    const answer = await ask(server, "HEAD", "/api/chat/general-assistant/events", { cookie });
    assertEquals([answer.status, answer.body], [200, ""], answer.head);
    assert.match(answer.head, /^content-type: text\/event-stream/im);
    assert.doesNotMatch(answer.head, /^content-length/im);
  }
});
