import { randomFrom } from "@/tests/money/fates.ts";
import { askOver } from "@/tests/money/witness.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { startServer } from "@/tests/support/server.ts";
import { openWorld } from "@/tests/support/world.ts";

const TOOL = "general-assistant";
/** The smallest server that one can rent. */
const MOST_MB = 512;
/** What the memory may grow after the first quarter, in MB. */
const MOST_GROWTH_MB = 40;
const SAMPLE_MS = 5_000;

export interface PeopleOptions {
  people: number;
  minutes: number;
  seed: number;
  say?: (line: string) => void;
}

export interface PeopleResult {
  wrong: string[];
  figures: Record<string, number>;
}

/** People chat with one server on one core; its memory must not grow. */
export async function runPeople(options: PeopleOptions): Promise<PeopleResult> {
  const { people, minutes, seed, say = () => {} } = options;
  const random = randomFrom(seed);
  await using files = await scratch();
  {
    await using world = await openWorld({ path: files.store });
    const tool = await world.deps.store.tools.get(TOOL);
    if (tool) await world.deps.store.tools.put({ ...tool, ceiling: null });
  }
  await using server = await startServer({
    kvPath: files.store,
    env: { MOCK_PACE_MS: "25", RATE_LIMIT_CHAT_PER_MINUTE: "7000", LOG_LEVEL: "warn" },
  });
  const pinned = await new Deno.Command("taskset", {
    args: ["-a", "-c", "-p", "0", String(server.pid)],
    stdout: "null",
  }).output().then(({ success }) => success, () => false);
  const end = performance.now() + minutes * 60_000;
  const wrong: string[] = [];
  let chats = 0;
  const talking = Array.from({ length: people }, async () => {
    let cookie: string | null = null;
    await pause(random() * 10_000);
    while (performance.now() < end) {
      const tokens = 50 + Math.floor(random() * 200);
      const name = crypto.randomUUID().slice(0, 8);
      const asked = await askOver(server.url, `What is ${name}? [[mock:tokens=${tokens}]]`, cookie);
      if (asked.end !== "done") wrong.push(`${asked.question} ended: ${asked.end}`);
      // Now and then another person sits down.
      cookie = random() < 0.1 ? null : asked.cookie;
      chats++;
      const page = await fetch(`${server.url}/chat/${TOOL}`, { headers: { cookie: cookie ?? "" } });
      await page.body?.cancel();
      await pause(2_000 + random() * 8_000);
    }
  });
  const memory: number[] = [];
  const watching = (async () => {
    while (performance.now() < end) {
      await pause(Math.min(SAMPLE_MS, Math.max(100, end - performance.now())));
      memory.push(await megabytes(server.pid));
      if (memory.length % 12 === 0) say(`${memory.at(-1)} MB after ${chats} chats`);
    }
  })();
  await Promise.all([...talking, watching]);
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const mean = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0) / of.length;
  const second = mean(memory.slice(quarter, 2 * quarter));
  const growth = mean(memory.slice(-quarter)) - second;
  const most = await megabytes(server.pid, "VmHWM");
  if (most > MOST_MB) wrong.push(`It took ${most} MB`);
  // A shorter run sees the caches fill.
  if (minutes >= 10 && growth > MOST_GROWTH_MB) wrong.push(`It grew by ${growth.toFixed(0)} MB`);
  return {
    wrong,
    figures: {
      "one core": pinned ? 1 : 0,
      chats,
      "most MB": most,
      "MB in the second quarter": Math.round(second),
      "growth to the last quarter, MB": Math.round(growth),
      "trend of the second half, MB a minute": trend(memory.slice(2 * quarter)),
    },
  };
}

/** Resident memory of a process in MB, now or (VmHWM) at its peak. */
async function megabytes(pid: number, which: "VmRSS" | "VmHWM" = "VmRSS"): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const kilobytes = new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}

/** Slope of the line of least squares through samples taken each `SAMPLE_MS`, by the minute. */
function trend(samples: readonly number[]): number {
  const middle = (samples.length - 1) / 2;
  let above = 0, below = 0;
  samples.forEach((sample, i) => {
    above += (i - middle) * sample;
    below += (i - middle) ** 2;
  });
  return Number((above / Math.max(1, below) * 60_000 / SAMPLE_MS).toFixed(2));
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/*
 * Soak test: `deno run -A --lock=tests/deno.lock tests/operate/people.ts [MINUTES] [SEED]`, by
 * default 50 people for an hour.
 */
if (import.meta.main) {
  const [minutes = 60, seed = Date.now() % 1_000_000] = Deno.args.map(Number);
  const say = (line: string) => void Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  say(`seed ${seed}`);
  const { wrong, figures } = await runPeople({ people: 50, minutes, seed, say });
  for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${value}`);
  for (const what of wrong.slice(0, 30)) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
