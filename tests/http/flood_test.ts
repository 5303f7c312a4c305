import { assert } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { Flood } from "@/tests/flood/attacks.ts";
import { watchMemory } from "@/tests/flood/memory.ts";
import { servesWithin } from "@/tests/flood/others.ts";

/** Enough to start with, and few enough to use up at once. */
const DESCRIPTORS = 200;

Deno.test("a server out of file descriptors serves again once the connections are gone", async () => {
  await using server = await startServer({ descriptors: DESCRIPTORS });
  const target = { port: server.port, host: "127.0.0.1", tool: TOOL, cookie: "", spread: false };
  for (let round = 0; round < 2; round++) {
    const flood = new Flood(target);
    await flood.open("idle", DESCRIPTORS + 60);
    await until(
      "the server to be deaf",
      () => server.logged("error").some(({ message }) => /Cannot accept/.test(String(message))),
    );
    flood.close();
    const ms = await servesWithin(server.port, 5_000);
    assert.ok(ms !== null && ms < 1_000, `Back after ${ms} ms`);
  }
  const lines = server.logged("error");
  assert.ok(lines.length <= 2, `One line each time:\n${JSON.stringify(lines)}`);
  assert.match(JSON.stringify(lines[0]), /Too many open files/);
});

Deno.test("one visitor's streams and endless bodies leave room and memory for others", async () => {
  await using server = await startServer({ descriptors: DESCRIPTORS });
  const page = await fetch(`${server.url}/chat/${TOOL}`);
  await page.body?.cancel();
  const cookie = page.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const before = watchMemory(server.pid).stop();
  const watched = watchMemory(server.pid);
  const flood = new Flood({
    port: server.port,
    host: "127.0.0.1",
    tool: TOOL,
    cookie,
    spread: false,
  });
  await flood.open("streams", 400);
  await until("the oldest streams to be closed", () => flood.held <= 20);
  await flood.open("bodies", 90);
  assert.ok(await servesWithin(server.port, 1_000) !== null);
  const most = watched.stop();
  flood.close();
  assert.ok(most - before < 120, `${before} MB became ${most}`);
});
