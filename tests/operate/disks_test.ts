import { HEALTH, STORE_FAULTS } from "@/lib/locales/admin/reports.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { canMount, mountDisk } from "@/tests/support/disk.ts";
import { checksOf } from "@/tests/support/health.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { heard, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/*
 * Real disks, which need root's rights. What a limit of files can show is in
 * tests/http/full_disk_test.ts, without them.
 */
const ignore = !await canMount();

/** Posts until one is refused: what the file has room for is still taken. */
async function refusedPost({ url }: Server): Promise<void> {
  const answer = await until("a refused post", async () => {
    const answer = await new Visitor(url).post({ message: "Now?" });
    if (!answer.ok) return answer;
    await answer.body?.cancel();
  }, 60_000);
  const problem: Record<string, unknown> = await answer.json();
  assertEquals([answer.status, problem.type], [503, "/problems/unavailable"]);
}

const well = (server: Server) =>
  until("health to be well", async () => (await checksOf(server.url)).status === 200, 60_000);

Deno.test({
  name: "A disk without room: health says that it is full, and all works again once there is room",
  ignore,
  fn: async () => {
    await using disk = await mountDisk();
    await using server = await startServer({ kvPath: `${disk.folder}/kv.sqlite` });
    const visitor = new Visitor(server.url);
    await visitor.ask("Before it");
    await disk.fill();
    await refusedPost(server);
    assertEquals((await checksOf(server.url)).faults, { "store:writes": STORE_FAULTS.diskFull });
    assertEquals((await visitor.stored()).length, 2, "Reads go on");
    await disk.free();
    await well(server);
    assertEquals((await visitor.ask("After it")).at(-1)?.event, "done");
  },
});

Deno.test({
  name: "A disk that hangs: people are told, health says so, and all goes on when it answers again",
  ignore,
  fn: async () => {
    await using disk = await mountDisk();
    await using server = await startServer({ kvPath: `${disk.folder}/kv.sqlite` });
    const visitor = new Visitor(server.url);
    await visitor.ask("Before it");
    const underWay = await visitor.post({ message: "[[mock:tokens=60]] [[mock:pace=20]]" });
    {
      await using _frozen = await disk.freeze();
      await refusedPost(server);
      const { status, faults } = await checksOf(server.url);
      assertEquals([status, faults["store:responseTime"]], [503, HEALTH.silent]);
      const alone = await fetch(`${server.url}/api/health?of=process`);
      const { checks } = await alone.json();
      assertEquals([alone.status, Object.keys(checks)], [200, ["process:stays"]]);
    }
    await well(server);
    await Array.fromAsync(heard(underWay));
    await until("the reply under way", async () => (await visitor.stored())[3]);
    assertEquals((await visitor.ask("After it")).at(-1)?.event, "done");
  },
});

Deno.test({
  name:
    "A disk that turns read-only: health says so, what is stored can be read, and a start says what is wrong",
  ignore,
  fn: async () => {
    await using disk = await mountDisk();
    const kvPath = `${disk.folder}/kv.sqlite`;
    {
      await using server = await startServer({ kvPath });
      const visitor = new Visitor(server.url);
      await visitor.ask("Before it");
      await disk.fail();
      await refusedPost(server);
      const { status, faults } = await checksOf(server.url);
      assertEquals([status, Object.keys(faults)], [503, ["store:writes"]]);
      assertEquals((await visitor.stored()).length, 2, "Reads go on");
    }
    const why = await startServer({ kvPath }).then(() => "", String);
    assert.match(why, /\nCannot open the store \/.*: .+$/, why);
  },
});

Deno.test({
  name: "A start on a read-only disk says what is wrong",
  ignore,
  fn: async () => {
    await using disk = await mountDisk();
    const kvPath = `${disk.folder}/kv.sqlite`;
    {
      await using server = await startServer({ kvPath });
      await new Visitor(server.url).ask("Before it");
      server.kill("SIGTERM");
      await server.exited;
    }
    await until("the disk to be free", () => disk.readOnly().then(() => true, () => false));
    const why = await startServer({ kvPath }).then(() => "", String);
    assert.match(why, /\nCannot open the store \/.*: .*(read-?only|unable to open)[^\n]*$/i, why);
  },
});
