import { HEALTH } from "@/lib/locales/admin/reports.ts";
import { fileStore } from "@/tests/money/stores.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startServer } from "@/tests/support/server.ts";
import { heard, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";
import { CADDY, hasCaddy } from "./caddy.ts";
import { type RollingOptions, runRolling } from "./rolling.ts";

/** Two restarts, each with replies that outlast its drain. */
const LOAD = {
  seed: 5,
  chatsPerSecond: 8,
  drainSeconds: 6,
  restarts: 2,
  betweenMs: 2_000,
  repliesMs: [300, 900],
  // A simulated reply is somewhat quicker than planned, and a drain has some seconds of grace.
  longMs: 30_000,
  longShare: 0.15,
} satisfies Partial<RollingOptions>;

// The long run is `deno task soak rolling`: 20 chats a second, two minutes to drain.
Deno.test("two units restarted in turns under load: no request fails, and replies that outlast the drain are kept with Continue", async () => {
  await using store = await fileStore();
  const { wrong, figures } = await runRolling({ path: store.path, ...LOAD });
  assertEquals(wrong, []);
  assertEquals(figures.failed, 0);
  const outlasted = Number(figures["outlasted the drain, kept with Continue"]);
  assert.ok(outlasted > 0, JSON.stringify(figures));
});

Deno.test({
  name:
    "two units behind Caddy with https, restarted in turns under load: no request fails, and chats stream",
  ignore: !await hasCaddy(),
  fn: async () => {
    await using store = await fileStore();
    const { wrong, figures } = await runRolling({ path: store.path, ...LOAD, front: CADDY });
    assertEquals(wrong, []);
    assertEquals([figures.proxy, figures.failed], ["Caddy", 0]);
  },
});

Deno.test("SIGTERM with DRAIN_SECONDS: health fails at once, then the port closes, while the reply under way is written to its end", async () => {
  await using server = await startServer({ env: { DRAIN_SECONDS: "60" } });
  const visitor = new Visitor(server.url);
  const health = () => fetch(`${server.url}/api/health`);
  const before = await health();
  assertEquals([before.status, before.headers.get("connection")], [200, null]);
  await before.body?.cancel();
  const answer = await visitor.post({ message: "Go on [[mock:tokens=60]] [[mock:pace=100]]" });
  const events = Array.fromAsync(heard(answer));
  server.kill("SIGTERM");
  const sent = performance.now();
  const { checks } = await until("health to fail", async () => {
    const answer = await health();
    const body: { checks: Record<string, { output?: string }[]> } = await answer.json();
    return answer.status === 503 && answer.headers.get("connection") === "close" && body;
  });
  assertEquals(checks["process:stays"]?.[0]?.output, HEALTH.leaving);
  const alone = await fetch(`${server.url}/api/health?of=process`);
  assertEquals([alone.status, await alone.json()], [503, {
    status: "fail",
    checks: {
      "process:stays": [{ componentType: "system", status: "fail", output: HEALTH.leaving }],
    },
  }]);
  const live = await fetch(`${server.url}/api/live`);
  assertEquals(live.status, 200);
  await live.body?.cancel();
  await until("the port to close", () => health().then((a) => a.body?.cancel(), () => true));
  const done = (await events).at(-1);
  assertEquals([done?.event, done?.fields.reason], ["done", "stop"]);
  assertEquals((await server.exited).code, 0);
  const took = performance.now() - sent;
  assert.ok(took < 40_000, `It waited ${took} ms although no reply was under way any more`);
});
