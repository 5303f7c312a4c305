import { TextLineStream } from "./lines.ts";
import { createCalendar } from "@/lib/platform/calendar.ts";
import type { Tool } from "@/lib/tools/rules/tool.ts";
import { openWorld } from "@/tests/support/world.ts";
import { auditCrowd } from "./audit.ts";
import { type Books, readBooks } from "./books.ts";
import { checkUse, figuresOf, LEAST_HOLD, PROMPT } from "./figures.ts";
import { type Ceilings, Inspector } from "./inspector.ts";
import { type Answer, type Job, toolOf, type WorkerReport } from "./worker.ts";

/** A crowd of chats in several processes on one store. */
export interface CrowdOptions {
  /** A file, or the address of a KV Connect server. */
  path: string;
  chats: number;
  processes: number;
  seed: number;
  ceilings: Ceilings;
}

const ROOT = new URL("../../", import.meta.url);
const MAX_TOKENS = 1_000;

export interface CrowdResult {
  wrong: string[];
  figures: Record<string, string | number>;
  books: Books;
}

/** Runs the crowd, watches every day record meanwhile, and checks the books afterwards. */
export async function runCrowd(options: CrowdOptions): Promise<CrowdResult> {
  const { path, ceilings } = options;
  const clockOffset = noonOffset();
  await prepare(path, ceilings, clockOffset);
  const watcher = new Inspector(ceilings);
  const kv = await Deno.openKv(path);
  const watching = new AbortController();
  const watch = watchDays(kv, Object.keys(ceilings.tools), clockOffset, watcher, watching.signal);
  const reports = await work(options, clockOffset);
  watching.abort();
  await watch;
  const books = await readBooks(kv);
  kv.close();

  const answers = reports.flatMap((report) => report.answers);
  const audit = auditCrowd(books, answers, reports.flatMap((report) => report.calls));
  const wrong = [
    ...audit.wrong,
    ...watcher.broken,
    ...reports.flatMap((report) => report.broken),
    ...checkUse(books, refusedTools(answers, ceilings), ceilings, reports),
  ];
  return { wrong, figures: figuresOf(options, reports, watcher, audit, books), books };
}

function refusedTools(answers: readonly Answer[], ceilings: Ceilings): Set<string> {
  const refused = answers.filter((answer) => answer.kind === "refused");
  const tools = Object.keys(ceilings.tools);
  return new Set(refused.map(({ question }) => toolOf(parseInt(question.slice(5)), tools)));
}

/** Stores the crowd's tools. */
async function prepare(path: string, ceilings: Ceilings, clockOffset: number): Promise<void> {
  await using world = await openWorld({ path, clock: () => Date.now() + clockOffset });
  const { tools } = world.deps.store;
  const [pattern] = await tools.list();
  for (const [id, ceiling] of Object.entries(ceilings.tools)) {
    const tool: Tool = {
      ...(pattern ?? unseeded()),
      id,
      name: id,
      systemPrompt: PROMPT,
      model: "gpt-6-sol",
      fallbackModel: "gpt-6-luna",
      maxTokens: MAX_TOKENS,
      ladder: { downgradeFrom: 80, clamp: true },
      ceiling,
    };
    await tools.put(tool);
  }
}

function unseeded(): never {
  throw new Error("The store has no tools");
}

/** Runs the processes, all starting at the same moment. */
async function work(options: CrowdOptions, clockOffset: number): Promise<WorkerReport[]> {
  const { path, chats, processes, seed, ceilings } = options;
  const children = Array.from({ length: processes }, (_, place) => {
    const own = Array.from({ length: chats }, (_, chat) => chat).filter((chat) =>
      chat % processes === place ||
      // Some chats ask in two processes at once, as a reconnecting page may.
      (chat % 50 === 0 && (chat + 1) % processes === place)
    );
    const job: Job = {
      path,
      seed,
      chats: own,
      tools: Object.fromEntries(
        Object.entries(ceilings.tools).map((
          [tool, amount],
        ) => [tool, amount === null ? null : String(amount)]),
      ),
      organisation: ceilings.organisation === null ? null : String(ceilings.organisation),
      leastHold: String(LEAST_HOLD),
      clockOffset,
    };
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "tests/money/worker.ts", JSON.stringify(job)],
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: path.startsWith("http") ? "null" : "inherit",
    }).spawn();
  });
  const lines = children.map((child) =>
    child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader()
  );
  await Promise.all(lines.map((reader) => reader.read()));
  await Promise.all(children.map(async (child) => {
    const writer = child.stdin.getWriter();
    await writer.write(new Uint8Array([10]));
    await writer.close();
  }));
  return await Promise.all(lines.map(async (reader, i): Promise<WorkerReport> => {
    const { value } = await reader.read();
    await reader.cancel();
    const { code } = await children[i]?.status ?? { code: 1 };
    if (value === undefined || code !== 0) throw new Error(`A process of the crowd ended: ${code}`);
    return JSON.parse(value);
  }));
}

/** Polls the day records. */
async function watchDays(
  kv: Deno.Kv,
  tools: string[],
  clockOffset: number,
  inspector: Inspector,
  signal: AbortSignal,
): Promise<void> {
  const calendar = createCalendar("UTC");
  while (!signal.aborted) {
    const day = calendar.dayOf(Date.now() + clockOffset);
    const paths = [
      ["day", day, "organisation", "all"],
      ...tools.map((t) => ["day", day, "tool", t]),
    ];
    try {
      for (const { key, value } of await kv.getMany<unknown[]>(paths)) {
        if (value !== null) inspector.look(key, value);
      }
    } catch {
      // The file was locked, or the answer lost: read again.
    }
    await new Promise((done) => setTimeout(done, 4));
  }
}

/** Offset that sets the clock to noon, so that no run crosses midnight. */
function noonOffset(): number {
  const now = Date.now();
  return Math.floor(now / 86_400_000) * 86_400_000 + 43_200_000 - now;
}
