import { HEALTH } from "@/lib/locales/admin/reports.ts";
import { KV_CONNECT_TOKEN, serveKvConnect } from "@/tests/simulators/kv_connect.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { openCutter } from "@/tests/support/cutter.ts";
import { checksOf } from "@/tests/support/health.ts";
import { startServer } from "@/tests/support/server.ts";
import { heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/** A call of the store may take four seconds. */
const ANSWERED_MS = 10_000;

Deno.test("A store that hangs: people are told in time, health says so, and all goes on after it without a restart", async () => {
  await using store = serveKvConnect(KV_CONNECT_TOKEN);
  await using relay = openCutter(Number(new URL(store.url).port));
  await using server = await startServer({
    kvPath: relay.url,
    env: { DENO_KV_ACCESS_TOKEN: KV_CONNECT_TOKEN, MOCK_PACE_MS: "1" },
  });
  const before = new Visitor(server.url);
  assertEquals((await before.ask("Before it")).at(-1)?.event, "done");
  const writing = new Visitor(server.url);
  const underWay = await writing.post({ message: "[[mock:tokens=100]] [[mock:pace=20]]" });

  relay.hang();
  const began = performance.now();
  const [posted, page] = await Promise.all([
    new Visitor(server.url).post({ message: "While it hangs" }),
    before.fetch(`/chat/${TOOL}`, { headers: { accept: "text/html" } }),
  ]);
  const problem: Record<string, unknown> = await posted.json();
  assertEquals([posted.status, problem.type], [503, "/problems/unavailable"]);
  assertEquals([page.status, page.headers.get("content-type")], [503, "text/html; charset=utf-8"]);
  assert.match(await page.text(), /try again/i);
  assert.ok(performance.now() - began < ANSWERED_MS, `${performance.now() - began} ms`);
  const hanging = await checksOf(server.url);
  assertEquals([hanging.status, hanging.faults["store:responseTime"]], [503, HEALTH.silent]);
  const live = await fetch(`${server.url}/api/live`);
  assertEquals([live.status, await live.body?.cancel()], [200, undefined]);
  // Ten seconds apart; meanwhile many reads fail, such as those of requests to stop the reply.
  await until(
    "two lines of failed reads",
    () =>
      server.logged("error").filter(({ message }) => message === "The store did not answer a read")
        .length >= 2,
    60_000,
  );
  const warnings = server.logged("warn").map(({ message }) => message);
  assertEquals(warnings, [...new Set(warnings)], "Each warning once");
  assert.ok(warnings.includes("Cannot read stop requests"), warnings.join(", "));

  relay.flow();
  await until("health to be well", async () => (await checksOf(server.url)).status === 200, 60_000);
  assertEquals((await checksOf(server.url)).faults, {});
  assertEquals((await before.ask("After it")).at(-1)?.event, "done");
  const events = await Array.fromAsync(heard(underWay));
  const stored = await until("the reply under way", async () => (await writing.stored())[1]);
  assert.ok(stored.text.startsWith(textOf(events).slice(0, 20)), stored.text);
});

Deno.test("A slow store: a chat is answered, only later", async () => {
  await using store = serveKvConnect(KV_CONNECT_TOKEN);
  await using relay = openCutter(Number(new URL(store.url).port));
  await using server = await startServer({
    kvPath: relay.url,
    env: { DENO_KV_ACCESS_TOKEN: KV_CONNECT_TOKEN, MOCK_PACE_MS: "1" },
  });
  relay.slowBy(100);
  const visitor = new Visitor(server.url);
  assertEquals((await visitor.ask("One")).at(-1)?.event, "done");
  assertEquals((await visitor.ask("Two")).at(-1)?.event, "done");
  assertEquals((await visitor.stored()).length, 4);
  const { status, responseMs } = await checksOf(server.url);
  assertEquals(status, 200);
  assert.ok(responseMs >= 200, `Health says ${responseMs} ms`);
});
