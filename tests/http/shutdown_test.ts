import { assert, assertEquals } from "@/tests/support/assert.ts";
import { serveKvConnect } from "@/tests/simulators/kv_connect.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/** A process with nothing to do that ends 4.8 seconds after SIGINT. */
async function startIdle(): Promise<Deno.ChildProcess> {
  const end = "setTimeout(() => Deno.exit(), 4_800)";
  const code = `Deno.addSignalListener("SIGINT", () => ${end}); setInterval(() => {}, 60_000);`;
  const idle = new Deno.Command(Deno.execPath(), {
    args: ["eval", `${code} console.log("It runs")`],
    stdout: "piped",
  }).spawn();
  const reader = idle.stdout.getReader();
  await reader.read();
  await reader.cancel();
  return idle;
}

Deno.test("SIGINT: a reply that cannot be settled does not delay the exit, and the next process settles it", async () => {
  const token = crypto.randomUUID();
  const gate = Promise.withResolvers<void>();
  const hold: { gate: Promise<void> | null } = { gate: null };
  await using store = serveKvConnect(token, { hold });
  const on = { kvPath: store.url, env: { DENO_KV_ACCESS_TOKEN: token } };
  const visitor = new Visitor("");
  let log: readonly string[] = [];
  {
    await using server = await startServer(on);
    Object.assign(visitor, { url: server.url });
    const answer = await visitor.post({ message: "An essay [[mock:tokens=900]] [[mock:pace=20]]" });
    await answer.body?.getReader().read();
    hold.gate = gate.promise;
    const idle = await startIdle();
    const began = performance.now();
    server.kill("SIGINT");
    idle.kill("SIGINT");
    const endOf = (status: Promise<unknown>) => status.then(() => performance.now() - began);
    const [{ signal }, took, least] = await Promise.all([
      server.exited,
      endOf(server.exited),
      endOf(idle.status),
    ]);
    assertEquals(signal, null);
    // The host waits five seconds; a machine under load is late with any process.
    assert.ok(took < Math.max(5_000, least + 200), `It took ${took} ms, and an idle one ${least}`);
    log = server.log;
  }
  assert.match(log.join("\n"), /the next start settles the rest/);
  hold.gate = null;
  gate.resolve();
  // A remote store has no file to lock beside it: there the lease shows which processes are gone.
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("../support/leases_over.ts", import.meta.url).pathname, store.url],
    env: on.env,
  }).output();
  assert.ok(success);
  await using next = await startServer(on);
  Object.assign(visitor, { url: next.url });
  await until("the conversation to be free", async () => {
    const again = await visitor.post({ message: "Go on [[mock:tokens=5]]" });
    await again.body?.cancel();
    return again.status === 200;
  });
});
