import type { Usage } from "../domain/prices.ts";
import type { FinishReason } from "../shared/chat_events.ts";
import { type Part, ProviderError } from "../llm/provider.ts";
import type { PromptMessage } from "../domain/prompt.ts";
import type { Failure, Running } from "../store/keys.ts";
import type { Numbered } from "../store/conversations.ts";
import { keys } from "../store/keys.ts";
import type { Deps } from "./deps.ts";
import { emptyReply, failureOf } from "./failures.ts";
import type { LiveTurn } from "./live_turn.ts";
import { closingEvents, spentOn } from "./reply_ends.ts";
import { alertingOf } from "./settings_in_force.ts";
import { type Closing, replyOf, settle, type Settled } from "./settle_turn.ts";

/** Longest reply that is kept, in UTF-16 units: the store takes 64 KiB a record. */
const LONGEST_REPLY = 30_000;
/** How often a reply under way is kept for other processes, and looked at for stops. */
const PROGRESS_MS = 1_000;
/** What each reply adds to that when there are very many: keeping them is not to keep others waiting. */
const PROGRESS_SHARE_MS = 2;
const TICK_MS = 100;
const STOP_TICKS = 5;
/** One commit takes 800 KiB: what is above this waits for the next tick. */
const MAX_PROGRESS_BYTES = 300_000;
const MAX_PROGRESS = 200;

/** A reply that this process writes. */
interface Job {
  running: Running;
  live: LiveTurn;
  abort: AbortController;
  why: "stopped" | "interrupted" | null;
  keptAt: number;
  keptLength: number;
  /** It is being settled: no text of it is kept behind its settlement. */
  closing: boolean;
  done: Promise<void>;
}

/** What a job is told besides its record. */
export interface Assignment {
  prompt: PromptMessage[];
  temperature: number;
  ceiling: bigint | null;
  /** The messages before the reply, for the next turn. */
  before: Numbered[];
}

/**
 * The replies under way in this process. Each is a job of the server: it goes
 * on when nobody listens, is kept in the store about each second, and ends
 * with exactly one settlement.
 */
export class Replies {
  /** By turn; the one whose text was kept, or looked at, longest ago is the first. */
  private readonly jobs = new Map<string, Job>();
  private ticker: ReturnType<typeof setInterval> | undefined;
  private ticks = 0;

  constructor(
    private readonly deps: Deps,
    private readonly onSettled: (running: Running, settled: Settled) => void,
  ) {}

  live(turn: string): LiveTurn | undefined {
    return this.jobs.get(turn)?.live;
  }

  get size(): number {
    return this.jobs.size;
  }

  start(running: Running, live: LiveTurn, assignment: Assignment): void {
    const job: Job = {
      running,
      live,
      abort: new AbortController(),
      why: null,
      keptAt: this.deps.clock(),
      keptLength: 0,
      closing: false,
      done: Promise.resolve(),
    };
    this.jobs.set(running.turn, job);
    this.ticker ??= setInterval(() => this.tick(), TICK_MS);
    job.done = this.write(job, assignment);
  }

  /** Ends a reply at the provider; what was streamed is kept and priced. False when it is not here. */
  stop(turn: string, why: "stopped" | "interrupted" = "stopped"): boolean {
    const job = this.jobs.get(turn);
    if (!job) return false;
    job.why ??= why;
    job.abort.abort();
    return true;
  }

  /** Gives the replies under way some time, then ends them. */
  async drain(graceMs: number): Promise<void> {
    const all = Promise.all([...this.jobs.values()].map((job) => job.done));
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([all, new Promise((done) => timer = setTimeout(done, graceMs))]);
    clearTimeout(timer);
    for (const turn of this.jobs.keys()) this.stop(turn, "interrupted");
    await Promise.all([...this.jobs.values()].map((job) => job.done));
  }

  private async write(job: Job, assignment: Assignment): Promise<void> {
    const { running, live } = job;
    let usage: Usage | null = null;
    let reason: FinishReason | null = null;
    let failure: Failure | null = null;
    let maySpend = true;
    let waitedMs: number | null = null;
    let { provider, simulated } = running;
    try {
      const request = {
        model: running.model,
        messages: assignment.prompt,
        temperature: assignment.temperature,
        maxTokens: running.maxTokens,
      };
      const onText = (text: string) => {
        waitedMs ??= Math.max(0, this.deps.clock() - running.startedAt);
        live.append(text);
        if (live.length <= LONGEST_REPLY) return;
        reason = "length";
        job.abort.abort();
      };
      const { signal } = job.abort;
      for await (const part of this.deps.provider.stream(request, signal, onText)) {
        if (part.type === "text") onText(part.text);
        else if (part.type === "usage") usage = part.usage;
        else if (part.type === "end") reason = part.reason;
        else ({ provider, simulated } = sourceOf(part));
      }
    } catch (error) {
      failure = failureOf(error);
      maySpend = !(error instanceof ProviderError) || error.maySpend;
      this.deps.log("warn", "A reply failed", {
        turn: running.turn,
        model: running.model,
        fault: error instanceof ProviderError ? error.fault : "internal",
        error: error instanceof ProviderError ? error.message : nameOf(error),
      });
    }
    live.finish();
    if (reason === null && failure === null) reason = job.why ?? "interrupted";
    if (live.text === "" && failure === null && job.why === null) failure = emptyReply();
    const spent = maySpend || live.text !== "" ? spentOn(running, usage, live.text, reason) : null;
    await this.close(job, assignment, {
      text: live.text,
      reason: reason ?? "interrupted",
      at: this.deps.clock(),
      hour: this.deps.calendar.hourOf(running.startedAt),
      waitedMs,
      spent,
      failure,
      provider,
      simulated,
      progressKept: job.keptLength > 0,
    });
  }

  /** Settles until it is done: a reply that was written is not given up. */
  private async close(job: Job, assignment: Assignment, closing: Closing): Promise<void> {
    const { running, live } = job;
    const { store, log } = this.deps;
    job.closing = true;
    for (let attempt = 1;; attempt++) {
      try {
        const settled = await settle(
          store.transactions,
          store.roster.self,
          running,
          closing,
          alertingOf(this.deps),
        );
        this.jobs.delete(running.turn);
        if (settled) {
          const reply = replyOf(running, closing);
          const messages = settled.reply === null
            ? assignment.before
            : [...assignment.before, { number: settled.reply, message: reply }];
          store.conversations.keep(running.conversation, running.turn, messages.slice(-12));
          live.close(
            closingEvents(running, closing, settled, assignment.ceiling, live.html),
            settled.notices.map((notice) => ({ type: "notice", ...notice })),
          );
          this.onSettled(running, settled);
        } else live.close([{ type: "reload" }]);
        return;
      } catch (error) {
        log("error", "A reply cannot be settled yet", { turn: running.turn, attempt });
        if (attempt === 3) {
          live.close([{ type: "error", ...failureOf(error) }]);
        }
        await new Promise((done) => setTimeout(done, Math.min(10_000, 250 * 2 ** attempt)));
      }
    }
  }

  private tick(): void {
    if (this.jobs.size === 0) {
      clearInterval(this.ticker);
      this.ticker = undefined;
      return;
    }
    this.keepProgress();
    if (this.ticks++ % STOP_TICKS === 0) this.obeyStops();
  }

  /** Keeps what is due, together: a few at each tick rather than all in a burst each second. */
  private keepProgress(): void {
    const now = this.deps.clock();
    const period = Math.max(PROGRESS_MS, this.jobs.size * PROGRESS_SHARE_MS);
    const due: { job: Job; text: string }[] = [];
    let weight = 0;
    for (const [turn, job] of this.jobs) {
      if (now - job.keptAt < period) break;
      const { text } = job.live;
      const isNew = text.length > job.keptLength;
      const more = isNew ? 500 + 2 * text.length : 0;
      const full = weight + more > MAX_PROGRESS_BYTES || due.length >= MAX_PROGRESS;
      if (due.length > 0 && full) break;
      job.keptAt = now;
      this.jobs.delete(turn);
      this.jobs.set(turn, job);
      if (!isNew) continue;
      job.keptLength = text.length;
      weight += more;
      due.push({ job, text });
    }
    if (due.length === 0) return;
    this.deps.store.transactions.run(
      [],
      (tx) => {
        for (const { job, text } of due) {
          if (!job.closing) tx.set(keys.progress(job.running.turn), text);
        }
      },
      weight,
      "patient",
    ).catch(() => {});
  }

  private obeyStops(): void {
    const { store, log } = this.deps;
    store.roster.stopsForSelf().then((turns) => {
      for (const turn of turns) {
        this.stop(turn);
        void store.transactions.run([], (tx) => tx.delete(keys.stop(store.roster.self, turn)))
          .catch(() => {});
      }
    }).catch(() => log("warn", "Cannot look for stops"));
  }
}

function sourceOf(part: Extract<Part, { type: "source" }>) {
  return { provider: part.provider, simulated: part.simulated };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
