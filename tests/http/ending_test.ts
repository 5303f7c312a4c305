import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { costsOf, startServer } from "@/tests/support/server.ts";
import { type Heard, heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

const ENDLESS = "A long essay in detail [[mock:tokens=2000]] [[mock:pace=50]]";

/** Starts a reply; its events so far. */
async function running(url: string) {
  const visitor = new Visitor(url);
  await visitor.fetch(`/chat/${TOOL}`);
  const events: Heard[] = [];
  const answer = await visitor.post({ message: ENDLESS });
  const reading = (async () => {
    for await (const event of heard(answer)) events.push(event);
  })();
  await until("the first words", () => textOf(events) !== "");
  return { visitor, events, reading };
}

Deno.test("SIGTERM: new turns are refused with Retry-After, the running one ends as partial within five seconds", async () => {
  await using server = await startServer();
  const { events, reading, visitor } = await running(server.url);
  const began = performance.now();
  server.kill("SIGTERM");
  await until("the end to begin", () => server.log.some((line) => line.includes("Shutting down")));
  const refused = await new Visitor(server.url).post({ message: "And I?" });
  assertEquals(refused.status, 503);
  assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  const body: Record<string, unknown> = await refused.json();
  assertEquals([body.type, body.retryable], ["/problems/unavailable", true]);
  await reading;
  assertEquals(events.at(-1)?.event, "done");
  assertEquals(events.at(-1)?.fields.reason, "interrupted");
  assertEquals(events.at(-2)?.fields.basis, "partial");
  const { code } = await server.exited;
  const took = performance.now() - began;
  assertEquals(code, 0);
  assert.ok(took < 5_000, `It took ${Math.round(took)} ms`);
  await using next = await startServer({ kvPath: server.kvPath });
  const after = new Visitor(next.url);
  after.cookie = visitor.cookie;
  const [, reply] = await after.stored();
  assertEquals(reply?.text, textOf(events));
  assert.ok(Number(reply?.reply?.usd) > 0);
  assertEquals(Number((await costsOf(next.url, TOOL)).held), 0);
});

Deno.test("kill -9: after a restart the turn is settled as interrupted within seconds, its text kept, no hold left", async () => {
  await using server = await startServer();
  const { events, reading, visitor } = await running(server.url);
  // Progress is stored about each second.
  await until("some text", () => textOf(events).length > 150);
  const seen = textOf(events);
  server.kill("SIGKILL");
  await reading.catch(() => {});
  await using next = await startServer({ kvPath: server.kvPath });
  const began = performance.now();
  const after = new Visitor(next.url);
  after.cookie = visitor.cookie;
  const reply = await until("the turn to be settled", async () => (await after.stored())[1], 5_000);
  assert.ok(performance.now() - began < 5_000);
  assertEquals(reply.reply?.reason, "interrupted");
  assert.ok(seen.startsWith(reply.text) || reply.text.startsWith(seen), "It is what was streamed");
  assert.ok(reply.text.length > 0);
  const day = await costsOf(next.url, TOOL);
  assertEquals(Number(day.held), 0);
  assertEquals(Number(day.todayCost), Number(reply.reply?.usd));
  const again = await after.post({ action: "regenerate" });
  assertEquals(again.status, 200, "The conversation goes on");
  await after.stop();
  await again.text();
});
