import { createApp } from "@/lib/web/app.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { askRaw } from "@/tests/support/raw_request.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { openWorld } from "@/tests/support/world.ts";

const test = httpSuite();

function assertSecure(answer: Response, about: string): void {
  const { headers } = answer;
  const policy = headers.get("content-security-policy") ?? "";
  for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(part), `${about}: ${part} in ${policy}`);
  }
  assert.doesNotMatch(policy, /unsafe|\*|https?:/, about);
  const expected: [string, RegExp][] = [
    ["x-content-type-options", /^nosniff$/],
    ["x-frame-options", /^DENY$/],
    ["referrer-policy", /strict-origin|no-referrer|same-origin/],
    ["cross-origin-opener-policy", /^same-origin$/],
    ["cross-origin-resource-policy", /^same-origin$/],
    ["permissions-policy", /camera=\(\).*microphone=/],
    ["x-request-id", /^\w{8,}$/],
  ];
  // What concerns documents is not sent with their scripts, sheets and pictures.
  const ofDocuments = /^(x-frame|referrer|cross-origin-opener|permissions)-/;
  const isPart = /^(text\/(css|javascript)|image\/)/.test(headers.get("content-type") ?? "");
  for (const [name, pattern] of expected) {
    if (isPart && ofDocuments.test(name)) {
      assert.equal(headers.get(name), null, `${about}: ${name}`);
    } else assert.match(headers.get(name) ?? "", pattern, about);
  }
  for (const name of ["server", "x-powered-by"]) assert.equal(headers.get(name), null, about);
}

test("every kind of answer has the security headers", async (server) => {
  const visitor = new Visitor(server.url);
  const page = await visitor.fetch(`/chat/${TOOL}`);
  const script = /"(\/[^"]+\.js)"/.exec(await page.text())?.[1];
  assert.ok(script);
  const style = await visitor.fetch("/public.css");
  const form = new URLSearchParams({ action: "new" });
  const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const kinds: [number, string, RequestInit?][] = [
    [200, "/"],
    [200, "/", { method: "HEAD" }],
    [200, "/?q=%00"],
    [200, `/chat/${TOOL}`],
    [404, "/nowhere"],
    [404, "/chat/no-such-tool"],
    [405, "/", { method: "DELETE" }],
    [204, "/", { method: "OPTIONS" }],
    [400, "/chat/%zz"],
    [400, "/api/chat/%zz/events"],
    [303, `/chat/${TOOL}`, { method: "POST", body: form }],
    [400, `/chat/${TOOL}`, { method: "POST", body: new URLSearchParams({ action: "send" }) }],
    [200, script],
    [200, "/robots.txt"],
    [304, "/public.css", { headers: { "if-none-match": style.headers.get("etag") ?? "" } }],
    [200, `/chat/${TOOL}/export?format=json`],
    [200, `/api/chat/${TOOL}/events`],
    [415, "/api/chat", { method: "POST", body: "{" }],
    [403, "/api/chat", { method: "POST", body: "{}", headers: cross }],
    [405, "/api/chat"],
    [404, "/api/nowhere"],
    [200, "/api/health"],
    [200, "/.netlify/functions/simple-test"],
    [204, `/api/chat/${TOOL}/stop`, { method: "POST" }],
  ];
  await style.body?.cancel();
  for (const [status, path, init] of kinds) {
    const answer = await visitor.fetch(path, init);
    const about = `${init?.method ?? "GET"} ${path}`;
    assertEquals(answer.status, status, about);
    assertSecure(answer, about);
    await answer.body?.cancel();
  }
  const stream = await visitor.post({ message: "Hello" });
  assertSecure(stream, "the stream of a reply");
  assertEquals(stream.headers.get("x-accel-buffering"), "no");
  assert.match(stream.headers.get("cache-control") ?? "", /no-cache.*no-transform/);
  await stream.text();
});

Deno.test("an internal error answers 500 with the security headers and without its message", async () => {
  await using world = await openWorld();
  const handler = createApp(world.services)
    .get("/fault", () => {
      throw new Error("secret of lib/services/chat.ts");
    })
    .handler();
  const answer = await handler(new Request("http://localhost/fault"));
  assertEquals(answer.status, 500);
  assertSecure(answer, "500");
  assert.doesNotMatch(await answer.text(), /secret|lib\/|\.ts/);
});

test("the visitor's cookie is HttpOnly and SameSite", async (server) => {
  const answer = await fetch(`${server.url}/chat/${TOOL}`);
  await answer.body?.cancel();
  const [cookie = "", ...more] = answer.headers.getSetCookie();
  assertEquals(more, []);
  assert.match(
    cookie,
    /^visitor=[\w-]{52}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
  );
  const home = await fetch(server.url);
  await home.body?.cancel();
  assertEquals(home.headers.getSetCookie(), [], "Who only looks gets none");
});

Deno.test("over https the cookie has the __Host- prefix, and HSTS is set", async () => {
  await using server = await startServer({ env: { PUBLIC_URL: "https://helper.example" } });
  const answer = await fetch(`${server.url}/chat/${TOOL}`);
  await answer.body?.cancel();
  assert.match(
    answer.headers.getSetCookie()[0] ?? "",
    /^__Host-visitor=[\w-]{52}\.[\w-]{22}; .*; Secure$/,
  );
  assert.match(answer.headers.get("strict-transport-security") ?? "", /^max-age=\d{8}/);
  assertSecure(answer, "https");
});

Deno.test("behind an https proxy a post from the same host's http page is refused", async () => {
  await using server = await startServer({ env: { PUBLIC_URL: "https://helper.example" } });
  const from = async (origin: string, host = "helper.example") => {
    const body = "action=new";
    const head = [
      `POST /chat/${TOOL} HTTP/1.1`,
      `host: ${host}`,
      `origin: ${origin}`,
      "content-type: application/x-www-form-urlencoded",
      `content-length: ${body.length}`,
    ];
    return (await askRaw(server.port, head.join("\n"), body)).status;
  };
  assertEquals(await from("https://helper.example"), 303);
  assertEquals(await from("http://helper.example"), 403);
  const local = `localhost:${server.port}`;
  assertEquals(await from(`http://${local}`, local), 303, "without the proxy, on this machine");
});

test("a post from another site's page is refused; from our own or from a program it is taken", async (server) => {
  const visitor = new Visitor(server.url);
  const say = async (headers: Record<string, string>) => {
    const answer = await visitor.post({ message: "Hello" }, headers);
    const body = await answer.text();
    if (answer.status === 403) {
      assertEquals(answer.headers.get("content-type"), "application/problem+json", body);
    }
    return answer.status;
  };
  assertEquals(await say({ origin: "https://evil.example" }), 403);
  assertEquals(await say({ origin: "null" }), 403);
  assertEquals(await say({ "sec-fetch-site": "cross-site" }), 403);
  assertEquals(await say({ "sec-fetch-site": "same-site", origin: "http://a.localhost" }), 403);
  assertEquals(await say({ "sec-fetch-site": "same-origin", origin: server.url }), 200);
  assertEquals(await say({ origin: server.url }), 200);
  assertEquals(await say({}), 200);
  const form = await visitor.fetch(`/chat/${TOOL}`, {
    method: "POST",
    body: new URLSearchParams({ action: "new" }),
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  });
  assertEquals(form.status, 403);
  assert.match(await form.text(), /<h1[^>]*>Not allowed<\/h1>/);
  assertEquals((await visitor.stored()).length, 6, "Nothing was put aside");
});
