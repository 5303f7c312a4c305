import { adminKeys } from "@/lib/admin/records.ts";
import { Admin, openAdminSite } from "../support/admin.ts";
import { ask, repliesOf } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { plainText } from "../support/html_forms.ts";
import type { Site } from "../support/site.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const KEY = "sk-proj-0123456789abcdefh3Kd";

interface Upstream extends AsyncDisposable {
  url: string;
  /** Paths and keys of its requests. */
  asked: string[];
  /** Bodies of chat requests. */
  bodies: Record<string, unknown>[];
}

/** A compatible server with two models; `status` other than 200 refuses chats, and lists with 401. */
function startUpstream(status = 200, code = "refused"): Upstream {
  const asked: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    asked.push(`${pathname} ${request.headers.get("authorization")}`);
    if (request.method === "GET" && status !== 401) {
      return Response.json({ object: "list", data: [{ id: "llama3.2" }, { id: "qwen3" }] });
    }
    if (status !== 200) return Response.json({ error: { code, message: "secret" } }, { status });
    bodies.push(await request.json());
    const chunks = [
      { choices: [{ index: 0, delta: { content: "Hi" }, finish_reason: "length" }] },
      { choices: [], usage: { prompt_tokens: 8, completion_tokens: 1, total_tokens: 9 } },
    ];
    const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
    return new Response(`${body}data: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  });
  const url = `http://127.0.0.1:${server.addr.port}/v1`;
  return { url, asked, bodies, [Symbol.asyncDispose]: () => server.shutdown() };
}

async function htmlOf(admin: Admin, query = ""): Promise<string> {
  const answer = await admin.get(`/admin/providers${query}`);
  assertEquals(answer.status, 200);
  return plainText(await answer.text()).replaceAll("<!-- -->", "");
}

async function act(admin: Admin, action: string, name = ""): Promise<Response> {
  return await admin.post("/admin/providers", { csrf: await admin.token(), action, name });
}

const testOf = async (site: Site, name: string) =>
  (await site.world.deps.store.kv.get(adminKeys.providerTest(name))).value;

const entriesOf = async (site: Site) =>
  (await Array.fromAsync(site.world.deps.store.ledger.all())).flat();

test("providers: the page shows order, state and prices, and of a key its end alone", async () => {
  await using site = await openAdminSite({
    OPENAI_API_KEY: KEY,
    LLM_COMPATIBLE: "ollama=http://localhost:11434,short=https://llm.example.org/v1",
    LLM_KEY_SHORT: "abcdefgh",
    LLM_PROVIDER: "openai,mock",
    LLM_DEFAULT_MODEL: "gpt-6-luna",
  });
  const admin = await Admin.signIn(site);
  const html = await htmlOf(admin);
  assert.match(html, /OpenAI<\/b>[^]*Simulated replies<\/b>[^]*ollama<\/b>[^]*Own server[^]*short/);
  assert.match(html, /Key ends in …h3Kd\./);
  assert.ok(!html.includes(KEY.slice(0, 12)) && !html.includes("abcdefgh"), "a key is shown");
  assert.match(html, /A key is set\. At llm\.example\.org\./);
  assert.match(html, /No key is set\. At localhost:11434\./);
  assert.match(html, /gpt-6-luna[^]*\$0\.10[^]*\$0\.50/);
  assert.match(html, /Not in use/);
  assert.match(html, /\/admin\/prices\?provider=openai&thing=gpt-6-luna#add/);
  assert.ok(!html.includes("provider=mock"), "simulated replies have OpenAI's prices");
  assert.match(html, /LLM_COMPATIBLE/);
  assert.match(await (await admin.get("/admin")).text(), /Providers and models/);
});

test("providers: a test sends one token, is paid and booked, and says key, time and models", async () => {
  await using upstream = startUpstream();
  await using site = await openAdminSite({
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: upstream.url,
    LLM_DEFAULT_MODEL: "gpt-4o-mini",
  });
  const admin = await Admin.signIn(site);
  assert.match(await htmlOf(admin), /Test<span class="sr"> OpenAI<\/span> · less than 1¢/);
  assertEquals(upstream.asked, [], "looking costs nothing");
  const answer = await act(admin, "test", "openai");
  assertEquals(
    [answer.status, answer.headers.get("location")],
    [303, "/admin/providers?tested=openai"],
  );
  assertEquals(upstream.asked, [
    `/v1/models Bearer ${KEY}`,
    `/v1/chat/completions Bearer ${KEY}`,
  ]);
  assertEquals(upstream.bodies.map((body) => body.max_completion_tokens), [1]);
  // 8 tokens in, 1 out: $0.15 and $0.60 a million.
  const usd = 1_800n;
  const [entry, ...others] = await entriesOf(site);
  assertEquals(others, []);
  assertEquals(
    [entry?.tool, entry?.channel, entry?.model, entry?.usd, entry?.basis],
    ["provider-test", "admin", "gpt-4o-mini", usd, "reported"],
  );
  assert.match(await (await admin.get("/admin/costs")).text(), /Tests of providers/);
  const outcome = await testOf(site, "openai");
  assertEquals(
    [outcome?.code, outcome?.key, outcome?.model, outcome?.models, outcome?.usd],
    ["answered", true, "gpt-4o-mini", 2, usd],
  );
  const html = await htmlOf(admin, "?tested=openai");
  assert.match(html, /OpenAI: It answers\.[^]*Accepted[^]*less than 1¢[^]*in its list/);
  const { entries } = await site.world.services.audit.list(
    { action: "provider", who: "", thing: "", from: "", to: "" },
    "",
  );
  assertEquals(entries.map(({ action, thing }) => [action, thing]), [[
    "provider.test",
    "provider:openai",
  ]]);
});

const FAILURES: [status: number, code: string, outcome: string, key: boolean | null][] = [
  [401, "invalid_api_key", "key_refused", false],
  [429, "insufficient_quota", "account_empty", true],
  [429, "rate_limit_exceeded", "busy", true],
  [404, "model_not_found", "refused", true],
  [503, "overloaded", "down", true],
];

test("providers: a failed test costs nothing and says what to do", async () => {
  for (const [status, code, outcome, key] of FAILURES) {
    await using upstream = startUpstream(status, code);
    await using site = await openAdminSite({
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: upstream.url,
      LLM_DEFAULT_MODEL: "gpt-4o-mini",
    });
    const admin = await Admin.signIn(site);
    await act(admin, "test", "openai");
    const found = await testOf(site, "openai");
    assertEquals([found?.code, found?.key, found?.usd], [outcome, key, 0n]);
    assertEquals(await entriesOf(site), []);
    const html = await htmlOf(admin, "?tested=openai");
    assert.match(html, /<p[^>]*class="alert bad" role="alert"[^>]*>OpenAI: /);
    assert.ok(!html.includes("secret"));
  }
});

test("providers: nothing is sent without a price, a model or a budget", async () => {
  await using upstream = startUpstream();
  const down = "http://127.0.0.1:9/v1";
  await using site = await openAdminSite({
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: upstream.url,
    LLM_COMPATIBLE: `own=${upstream.url},gone=${down},far=https://llm.invalid/v1`,
    LLM_DEFAULT_MODEL: "gpt-4o-mini",
    ORGANISATION_CEILING_USD: "0",
  });
  const admin = await Admin.signIn(site);
  await act(admin, "test-all");
  const codes = async (name: string) => (await testOf(site, name))?.code;
  assertEquals(await codes("openai"), "no_budget");
  assertEquals(await codes("gone"), "no_model");
  assertEquals(await codes("far"), "no_model");
  // An own server is free, and asked for the first model of its list.
  assertEquals([await codes("own"), (await testOf(site, "own"))?.model], ["answered", "llama3.2"]);
  assertEquals(upstream.bodies.length, 1);
  assertEquals((await act(admin, "test", "nobody")).status, 404);
  assertEquals((await act(admin, "explode", "own")).status, 400);
});

test("providers: the order set here decides who answers when the first fails", async () => {
  await using failing = startUpstream(503, "overloaded");
  await using other = startUpstream();
  await using site = await openAdminSite({
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: failing.url,
    LLM_COMPATIBLE: `lab=${other.url}`,
    LLM_PROVIDER: "openai,mock",
    LLM_DEFAULT_MODEL: "gpt-4o-mini",
  });
  const { world } = site;
  const chain = () => world.deps.store.settings.current.providers.chain;
  const admin = await Admin.signIn(site);
  const texts = async () => (await repliesOf(world)).map(({ reply }) => reply?.simulated);
  await ask(world, "Who are you?");
  assertEquals(await texts(), [true]);
  assertEquals([chain(), other.bodies.length], [null, 0]);

  assertEquals((await act(admin, "use", "lab")).status, 303);
  assertEquals(chain(), ["openai", "mock", "lab"]);
  await act(admin, "up", "lab");
  assertEquals(chain(), ["openai", "lab", "mock"]);
  assert.match(await htmlOf(admin), /OpenAI<\/b>[^]*lab<\/b>[^]*Simulated replies<\/b>/);
  await ask(world, "And now?");
  assertEquals([await texts(), other.bodies.length], [[true, false], 1]);

  await act(admin, "leave", "lab");
  await act(admin, "leave", "mock");
  assertEquals(chain(), ["openai"]);
  await ask(world, "And now?");
  assertEquals((await texts()).length, 2, "nobody answers in its place");
  const { entries } = await world.services.audit.list(
    { action: "settings", who: "", thing: "", from: "", to: "" },
    "",
  );
  assertEquals(entries.length, 4);
});
