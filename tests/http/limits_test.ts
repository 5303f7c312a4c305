import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";

const STRICT = { RATE_LIMIT_CHAT_PER_MINUTE: "2" };

/** The statuses of concurrent messages, each from another visitor. */
async function atOnce(urls: readonly string[]): Promise<number[]> {
  return await Promise.all(urls.map(async (url) => {
    const answer = await new Visitor(url).post({ message: "Hello" });
    await answer.text();
    return answer.status;
  }));
}

async function from(server: { url: string }, forwarded: string): Promise<number> {
  const visitor = new Visitor(server.url, { "x-forwarded-for": forwarded });
  const answer = await visitor.post({ message: "Hello" });
  await answer.text();
  return answer.status;
}

Deno.test("rate limit: of 21 concurrent messages from one address 20 pass", async () => {
  await using server = await startServer({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "20" } });
  const statuses = await atOnce(Array(21).fill(server.url));
  assertEquals(statuses.toSorted(), [...Array(20).fill(200), 429]);
});

Deno.test("rate limit: of 21 concurrent messages through two processes on one store 20 pass", async () => {
  const env = { RATE_LIMIT_CHAT_PER_MINUTE: "20" };
  await using first = await startServer({ env });
  await using second = await startServer({ env, kvPath: first.kvPath });
  const urls = Array.from({ length: 21 }, (_, i) => i % 2 === 0 ? first.url : second.url);
  assertEquals((await atOnce(urls)).toSorted(), [...Array(20).fill(200), 429]);
});

const test = httpSuite({ env: { ...STRICT, TRUSTED_PROXIES: "127.0.0.1" } });

test("rate limit: headers give the remainder and the reset time, and name no address", async (server) => {
  const headers = { "x-forwarded-for": "203.0.113.5" };
  const answers: Response[] = [];
  for (let i = 0; i < 3; i++) {
    const answer = await new Visitor(server.url, headers).post({ message: "Hello" });
    await answer.text();
    answers.push(answer);
  }
  assertEquals(answers.map(({ status }) => status), [200, 200, 429]);
  for (const [i, { headers }] of answers.entries()) {
    assertEquals(headers.get("ratelimit-policy"), '"chat";q=2;w=60');
    assert.match(headers.get("ratelimit") ?? "", new RegExp(`^"chat";r=${[1, 0, 0][i]};t=\\d+$`));
    assert.doesNotMatch(JSON.stringify([...headers]), /203\.0/);
  }
  const [, seconds = "0"] = /t=(\d+)/.exec(answers[2]?.headers.get("ratelimit") ?? "") ?? [];
  const after = Number(answers[2]?.headers.get("retry-after"));
  assert.ok(after >= 1 && after <= 60 && Math.abs(after - Number(seconds)) <= 1);
});

test("rate limit: IPv6 counts by its /64, an IPv4-mapped address as IPv4", async (server) => {
  assertEquals(await from(server, "2001:db8:1:2::1"), 200);
  assertEquals(await from(server, "2001:DB8:1:2:ffff:ffff:ffff:ffff"), 200);
  assertEquals(await from(server, "2001:db8:1:2:8000::"), 429);
  assertEquals(await from(server, "2001:db8:1:3::1"), 200);
  assertEquals(await from(server, "198.51.100.9"), 200);
  assertEquals(await from(server, "::ffff:198.51.100.9"), 200);
  assertEquals(await from(server, "198.51.100.9"), 429);
});

test("rate limit: X-Forwarded-For is read from the right, as far as proxies are trusted", async (server) => {
  assertEquals(await from(server, "192.0.2.77"), 200);
  assertEquals(await from(server, "10.9.9.9, 192.0.2.77"), 200);
  assertEquals(await from(server, "10.8.8.8, 192.0.2.77, 127.0.0.1"), 429);
});

Deno.test("rate limit: X-Forwarded-For is ignored without trusted proxies", async () => {
  await using server = await startServer({ env: STRICT });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push(await from(server, `203.0.113.${i}`));
  assertEquals(statuses, [200, 200, 429]);
});
