import { assert, assertEquals } from "@/tests/support/assert.ts";
import { canLimit, limitFiles } from "@/tests/support/full_disk.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

interface Health {
  status: string;
  storage: string;
  checks: Record<string, { status: string; output?: string }[]>;
}

async function healthOf(url: string): Promise<{ status: number; health: Health }> {
  const answer = await fetch(`${url}/api/health`);
  return { status: answer.status, health: await answer.json() };
}

Deno.test({
  name:
    "A full disk: every post is answered in time, health says that writes fail, and all works again after it",
  ignore: !canLimit,
  fn: async () => {
    await using server = await startServer({ survivesFullDisk: true, env: { MOCK_PACE_MS: "1" } });
    const before = new Visitor(server.url);
    assertEquals((await before.ask("Before it")).at(-1)?.event, "done");
    assertEquals((await healthOf(server.url)).status, 200);

    const writing = new Visitor(server.url);
    const underWay = await writing.post({
      message: "It fills [[mock:tokens=60]] [[mock:pace=20]]",
    });

    await limitFiles(server, 1_000);
    const began = performance.now();
    const posts = await Promise.all(Array.from({ length: 30 }, async () => {
      const answer = await new Visitor(server.url).post({ message: "While it is full" });
      const problem: Record<string, unknown> = await answer.json();
      return { status: answer.status, type: problem.type, ms: performance.now() - began };
    }));
    for (const { status, type, ms } of posts) {
      assertEquals([status, type], [503, "/problems/unavailable"]);
      assert.ok(ms < 5_000, `A post took ${Math.round(ms)} ms`);
    }
    for (let look = 0; look < 3; look++) {
      const { status, health } = await healthOf(server.url);
      assertEquals([status, health.status, health.storage], [503, "fail", "unavailable"]);
      assertEquals(health.checks["store:responseTime"]?.[0]?.status, "pass", "Reads go on");
      assertEquals(health.checks["store:writes"]?.[0]?.output, "The disk reports an error");
    }
    assertEquals((await before.stored()).length, 2, "What was kept can be read");
    const lines = server.logged("error").filter(({ msg, message }) =>
      /did not take a write/.test(String(msg ?? message))
    );
    assert.ok(lines.length > 0 && lines.length <= 3, `${lines.length} lines`);
    assert.match(JSON.stringify(lines[0]), /disk/);

    await limitFiles(server, "unlimited");
    await until(
      "health to be well",
      async () => (await healthOf(server.url)).status === 200,
      5_000,
    );
    assertEquals((await before.ask("After it")).at(-1)?.event, "done");
    await until("the reply that was under way", async () => (await writing.stored())[1]);
    await underWay.body?.cancel();
  },
});
