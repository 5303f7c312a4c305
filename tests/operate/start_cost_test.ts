import { assert } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { startServer } from "@/tests/support/server.ts";

const linux = Deno.build.os === "linux";
/** Limits of a server that has served one page: the smallest that can be rented has 512 MB. */
const MOST_MEMORY = 110e6;
const MOST_SECONDS = 1;
/** For slower machines: the limit in starts of Deno alone, of which it takes some 10. */
const MOST_STARTS = 18;
/** Beside other tests a start may take twice as long: the best of these counts. */
const TRIES = 5;
/** Ticks of `/proc`, in all builds of Linux. */
const TICKS = 100;
const IDLE_MS = 5_000;

/** CPU time of a process so far, in seconds. */
async function secondsOf(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Memory of a process in RAM, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** CPU time in which Deno alone starts and listens, in seconds. */
async function denoAlone(): Promise<number> {
  const code = `Deno.serve({ port: 0, onListen: () => console.log("up") }, () => new Response())`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  const seconds = await secondsOf(child.pid);
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
  return seconds;
}

Deno.test({
  name: "a new server listens after 1 s of one core, and needs 110 MB when it has served a page",
  ignore: !linux,
  fn: async () => {
    const seen: string[] = [];
    let kept = false;
    while (!kept && seen.length < TRIES) {
      const most = Math.max(MOST_SECONDS, MOST_STARTS * await denoAlone());
      // As after an update: Deno has nothing in its cache.
      await using cache = await scratch();
      await using server = await startServer({ env: { DENO_DIR: cache.folder } });
      const seconds = await secondsOf(server.pid);
      const page = await fetch(server.url);
      assert.match(await page.text(), /<h1/);
      // What the start left to do later is done by now.
      await new Promise((done) => setTimeout(done, IDLE_MS));
      const memory = await memoryOf(server.pid);
      seen.push(`${seconds} s of at most ${most}, ${memory / 1e6} MB`);
      kept = seconds <= most && memory <= MOST_MEMORY;
    }
    assert.ok(kept, seen.join("\n"));
  },
});
