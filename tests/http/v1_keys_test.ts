import OpenAI from "openai";
import { keysAt, sdk } from "@/tests/support/api_keys.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { startServer } from "@/tests/support/server.ts";

const ORIGIN = "https://app.example.org";
const test = httpSuite({ env: { API_ALLOWED_ORIGINS: ORIGIN } });
const TOOL = "recipe-helper";

async function statusOf(client: OpenAI): Promise<number> {
  try {
    await client.models.list({ maxRetries: 0 });
    return 200;
  } catch (error) {
    return error instanceof OpenAI.APIError ? error.status : -1;
  }
}

test("a key ended in one process is refused by the next request in another", async (first) => {
  await using second = await startServer({ kvPath: first.kvPath });
  const keys = keysAt(first.kvPath);
  const key = await keys.make();
  const [one, other] = [sdk(first.url, key), sdk(second.url, key)];
  const asked = { model: TOOL, messages: [{ role: "user" as const, content: "Soup?" }] };
  // Both processes know the key well, and their transactions have its record cached.
  for (const client of [one, other, one, other]) await client.chat.completions.create(asked);
  await keys.end(key);
  for (const client of [other, one]) {
    const error = await client.chat.completions.create(asked).then(() => null, (error) => error);
    assert.ok(error instanceof OpenAI.AuthenticationError, String(error));
    assertEquals(await statusOf(client), 401);
  }
});

test("a replaced key is valid for the chosen time beside the new one, and not after it", async (server) => {
  const keys = keysAt(server.kvPath);
  const old = await keys.make();
  const kept = await keys.replace(old, 60_000);
  assert.notEqual(kept, old);
  const status = (key: string) => statusOf(sdk(server.url, key));
  assertEquals([await status(old), await status(kept)], [200, 200]);
  const last = await keys.replace(kept, 0);
  assertEquals([await status(old), await status(kept), await status(last)], [401, 401, 200]);
});

test("an expired key is refused, and so is a key in the address", async (server) => {
  const keys = keysAt(server.kvPath);
  const expired = await keys.make({ expires: "2020-01-01" });
  const answer = await fetch(`${server.url}/v1/models`, {
    headers: { authorization: `Bearer ${expired}` },
  });
  const { error } = await answer.json();
  assertEquals([answer.status, error.code, answer.headers.get("www-authenticate")], [
    401,
    "invalid_api_key",
    "Bearer",
  ]);
  const key = await keys.make();
  for (const query of ["key", "api_key", "access_token"]) {
    const inQuery = await fetch(`${server.url}/v1/models?${query}=${key}`);
    assertEquals(inQuery.status, 401);
    await inQuery.body?.cancel();
  }
  assert.ok(!server.log.join("\n").includes(key));
});

test("well-formed wrong keys are limited by address; typos and right keys are not", async (server) => {
  const keys = keysAt(server.kvPath);
  const key = await keys.make();
  const ended = await keys.make();
  await keys.end(ended);
  const status = async (sent: string) => {
    const answer = await fetch(`${server.url}/v1/models`, {
      headers: { authorization: `Bearer ${sent}` },
    });
    await answer.body?.cancel();
    return answer.status;
  };
  for (let i = 0; i < 25; i++) assertEquals(await status(`${key}0`), 401);
  const all = [];
  for (let i = 0; i < 25; i++) all.push(await status(ended));
  assert.ok(all.includes(401) && all.at(-1) === 429, String(all));
  assertEquals(await status(key), 200);
});

test("GET /v1/models lists the key's active tools with their contexts; HEAD, OPTIONS and other methods", async (server) => {
  const keys = keysAt(server.kvPath);
  const client = sdk(server.url, await keys.make({ tools: [TOOL, "gone-for-long"] }));
  const { data } = await client.models.list();
  assertEquals(data.map(({ id, object }) => [id, object]), [[TOOL, "model"]]);
  const one = await client.models.retrieve(TOOL);
  assertEquals(one, data[0]);
  const fields = JSON.parse(JSON.stringify(one));
  assert.ok(fields.context_length > 8_000 && fields.context_length === fields.max_model_len);
  assert.ok(fields.max_output_tokens > 0 && fields.name.length > 3);
  assertEquals(fields.architecture.input_modalities, ["text", "image"]);
  const missing = await client.models.retrieve("nothing").catch((error) => error);
  assert.ok(missing instanceof OpenAI.NotFoundError);

  const bearer = { authorization: `Bearer ${client.apiKey}` };
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, { headers: bearer, ...init });
  const head = await raw("/v1/models", { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
  const options = await raw("/v1/chat/completions", { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "POST"]);
  await options.body?.cancel();
  for (
    const [path, status, code] of [
      ["/v1/chat/completions", 405, "method_not_allowed"],
      ["/v1/embeddings", 404, "unknown_url"],
    ] as const
  ) {
    const answer = await raw(path);
    const { error } = await answer.json();
    assertEquals([answer.status, error.code, error.type], [status, code, "invalid_request_error"]);
  }
  const base = await fetch(`${server.url}/v1`);
  assertEquals([base.status, (await base.json()).object], [200, "api"]);
});

test("CORS is for listed origins only, and cookies are neither read nor set", async (server) => {
  const key = await keysAt(server.kvPath).make();
  const ask = (origin: string, init: RequestInit = {}) =>
    fetch(`${server.url}/v1/models`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, origin, ...init.headers },
    });
  const preflight = (origin: string) =>
    ask(origin, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type, x-stainless-os",
      },
    });
  const listed = await preflight(ORIGIN);
  assertEquals(listed.headers.get("access-control-allow-origin"), ORIGIN);
  assert.match(listed.headers.get("access-control-allow-headers") ?? "", /x-stainless-os/);
  assertEquals((await ask(ORIGIN)).headers.get("access-control-allow-origin"), ORIGIN);
  const wrong = await ask(ORIGIN, { headers: { authorization: "Bearer x" } });
  assertEquals([wrong.status, wrong.headers.get("access-control-allow-origin")], [401, ORIGIN]);
  for (
    const answer of [await preflight("https://evil.example"), await ask("https://evil.example")]
  ) {
    assertEquals(answer.headers.get("access-control-allow-origin"), null);
    assertEquals(answer.headers.get("access-control-allow-credentials"), null);
    assertEquals(answer.headers.get("set-cookie"), null);
  }
  // A foreign page's post is no matter here: it has no key, and cookies count for nothing.
  const post = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { origin: "https://evil.example", cookie: "visitor=x", "content-type": "text/plain" },
    body: "{}",
  });
  assertEquals(post.status, 401);
  await post.body?.cancel();
});

test("addresses with a slash at their end, and doubled slashes, are the same", async (server) => {
  const key = await keysAt(server.kvPath).make();
  for (const path of ["/v1/", "/v1/models/", "/v1//models"]) {
    const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } });
    await answer.body?.cancel();
    assertEquals([path, answer.status], [path, 200]);
  }
});
