import { readConfig } from "@/lib/config.ts";
import { ready } from "@/lib/commands/ready.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { freePort } from "@/tests/support/free_port.ts";
import { startServer } from "@/tests/support/server.ts";

Deno.test("ready() waits until the server answers", async () => {
  const port = freePort();
  let over = false;
  const waiting = ready(readConfig({ PORT: String(port), HOST: "127.0.0.1" }))
    .finally(() => over = true);
  await new Promise((done) => setTimeout(done, 500));
  assertEquals(over, false);
  await using _server = await startServer({ env: { PORT: String(port) } });
  assertEquals(await waiting, 0);
});
