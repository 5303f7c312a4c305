import { AppError } from "@/lib/platform/errors.ts";
import { usdString } from "@/lib/shared/money.ts";
import type { Services } from "@/lib/service_types.ts";
import { openWorld } from "@/tests/support/world.ts";
import { type Call, diceOf, fatefulProvider, fateOf } from "./fates.ts";
import { Gate } from "./gate.ts";
import { type Ceilings, Inspector, inspectWrites, timeMoney, type Waits } from "./inspector.ts";

/** One process's part of a crowd. */
export interface Job {
  path: string;
  seed: number;
  /** Numbers of the chats. */
  chats: number[];
  /** The tools with their ceilings, and the organisation's. */
  tools: Record<string, string | null>;
  organisation: string | null;
  /** The smallest hold of any chat. */
  leastHold: string;
  clockOffset: number;
}

/** The outcome of a question, as seen by the process that asked it. */
export type Answer =
  | { question: string; kind: "refused" }
  /** Begun or answered by another process. */
  | { question: string; kind: "joined" }
  | { question: string; kind: "ended"; turn: string; cost: string; end: string };

export interface WorkerReport {
  answers: Answer[];
  calls: Call[];
  waits: Waits;
  counts: { groups: number; works: number; conflicts: number; reads: number };
  broken: string[];
  inspected: number;
  peaks: Record<string, string>;
  /** Errors other than refusals, by message. */
  errors: Record<string, number>;
  logged: Record<string, number>;
  ms: number;
}

const CHANNELS = ["web", "whatsapp", "api"] as const;

/** Asks until the question is answered, or until no budget can come free. */
async function ask(crowd: Crowd, chat: number, question: string): Promise<Answer> {
  const { services, job, gates, errors } = crowd;
  const tool = toolOf(chat, Object.keys(job.tools));
  for (;;) {
    try {
      const { live } = await services.chat.startTurn({
        visitor: `visitor-${chat}`,
        tool,
        request: `request-${question}`,
        channel: CHANNELS[chat % 3] ?? "web",
        action: { kind: "send", message: question },
        rateLimitKey: null,
      });
      if (live === null) return { question, kind: "joined" };
      if (fateOf(diceOf(job.seed, question)) === "stopped") {
        while (live.text === "" && live.closing.length === 0) await pause(2);
        await services.chat.stop(`visitor-${chat}`, tool);
      }
      await live.ended(120_000);
      const cost = live.closing.find((event) => event.type === "cost");
      const end = live.closing.at(-1)?.type ?? "none";
      return { question, kind: "ended", turn: live.start.turnId, cost: cost?.turn ?? "", end };
    } catch (error) {
      const kind = error instanceof AppError ? error.kind : "fault";
      if (kind === "over_budget") {
        if (await gates[tool]?.wait() === "hopeless") return { question, kind: "refused" };
        continue;
      }
      const message = error instanceof Error ? error.message : String(error);
      errors[message] = (errors[message] ?? 0) + 1;
      await pause(20 + Math.random() * 200);
    }
  }
}

/** One chat: one question, for some a follow-up; some send theirs twice at once. */
async function chatWith(crowd: Crowd, chat: number): Promise<void> {
  const questions = chat % 10 === 3 ? [`chat ${chat}.1`, `chat ${chat}.2`] : [`chat ${chat}.1`];
  for (const question of questions) {
    const times = chat % 20 === 7 ? [1, 2] : [1];
    crowd.answers.push(...await Promise.all(times.map(() => ask(crowd, chat, question))));
  }
}

/** The tool of a chat: of two, six in ten chats use the first. */
export function toolOf(chat: number, tools: readonly string[]): string {
  return (chat % 10 < 6 ? tools[0] : tools.at(-1)) ?? "";
}

interface Crowd extends Pick<WorkerReport, "answers" | "errors"> {
  services: Services;
  job: Job;
  gates: Record<string, Gate>;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function work(job: Job): Promise<void> {
  const ceilings: Ceilings = { tools: {}, organisation: null };
  for (const [tool, amount] of Object.entries(job.tools)) {
    ceilings.tools[tool] = amount === null ? null : BigInt(amount);
  }
  if (job.organisation !== null) ceilings.organisation = BigInt(job.organisation);
  const inspector = new Inspector(ceilings);
  inspectWrites(inspector);
  const calls: Call[] = [];
  const world = await openWorld({
    path: job.path,
    provider: fatefulProvider(job.seed, calls),
    clock: () => Date.now() + job.clockOffset,
    env: ceilings.organisation === null
      ? {}
      : { ORGANISATION_CEILING_USD: usdString(ceilings.organisation) },
  });
  const { deps, services } = world;
  const waits = timeMoney(deps.store.transactions);
  const crowd: Crowd = { services, job, gates: {}, answers: [], errors: {} };
  for (const tool of Object.keys(job.tools)) {
    crowd.gates[tool] = new Gate(deps, tool, ceilings, BigInt(job.leastHold));
  }
  say({ ready: true });
  await Deno.stdin.readable.getReader().read();

  const began = performance.now();
  for (const gate of Object.values(crowd.gates)) gate.open();
  await Promise.all(job.chats.map((chat) => chatWith(crowd, chat)));
  const ms = performance.now() - began;
  for (const gate of Object.values(crowd.gates)) gate.close();
  const logged: Record<string, number> = {};
  for (const { message } of world.logged) logged[message] = (logged[message] ?? 0) + 1;
  const { counts } = deps.store.transactions;
  await services.close(2_000);
  const { broken, seen, peaks } = inspector;
  const report: WorkerReport = {
    answers: crowd.answers,
    errors: crowd.errors,
    calls,
    waits,
    counts,
    broken: broken.slice(0, 5),
    inspected: seen,
    peaks: Object.fromEntries([...peaks].map(([place, sum]) => [place, String(sum)])),
    logged,
    ms,
  };
  say(report);
  Deno.exit(0);
}

function say(value: unknown): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

if (import.meta.main) await work(JSON.parse(Deno.args[0] ?? ""));
