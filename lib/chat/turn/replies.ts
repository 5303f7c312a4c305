import { causeOf, mayBeLater } from "../../platform/errors.ts";
import type { Usage } from "../../llm/rules/prices.ts";
import { cutText, isBlank, LONGEST_TEXT } from "../../llm/rules/reply_text.ts";
import type { FinishReason } from "../../shared/chat_events.ts";
import { ProviderError } from "../../llm/provider.ts";
import type { PromptMessage } from "../../llm/rules/prompt.ts";
import { chatKeys, type Failure } from "../records.ts";
import type { Running } from "../../metering/records.ts";
import type { Numbered } from "../conversations.ts";
import type { Deps } from "../../deps.ts";
import { errorEvent, noticeEvent } from "../rules/turn_texts.ts";
import { emptyReply, failureOf } from "../failures.ts";
import type { LiveTurn } from "./live_turn.ts";
import { Progress } from "./progress.ts";
import { closingEvents, seenOf, spentOn } from "./reply_ends.ts";
import { noteAttempt, noteFailure } from "./provider_failures.ts";
import { settleAnyway } from "./settle_anyway.ts";
import { replyOf, type Settled } from "./settle_turn.ts";
import type { Closing } from "./turn_outcome.ts";
import type { TurnParticipant } from "../participants.ts";

/** Of what came and is not kept, as much is looked at to estimate it: no reply has more tokens. */
const LONGEST_REST = 60_000;
/** How often it is looked for progress to keep, and each how many of these for stops. */
const TICK_MS = 100;
const STOP_TICKS = 5;
/** The longest that a shutdown waits for replies to be settled; what is left the next process settles. */
const SETTLE_MS = 5_000;
/** The longest between two tries to settle a reply. */
const LONGEST_PAUSE_MS = 10_000;

/** A reply that this process writes. */
interface Job {
  running: Running;
  live: LiveTurn;
  abort: AbortController;
  why: "stopped" | "interrupted" | null;
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
  private readonly jobs = new Map<string, Job>();
  private readonly progress: Progress;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private ticks = 0;
  /** Resolves when nothing more is to be tried here. */
  private readonly over = Promise.withResolvers<void>();

  constructor(
    private readonly deps: Deps,
    private readonly onSettled: (running: Running, settled: Settled) => void,
    private readonly participants: readonly TurnParticipant[],
  ) {
    this.progress = new Progress(deps);
  }

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
      done: Promise.resolve(),
    };
    this.jobs.set(running.turn, job);
    this.progress.begin(running.turn, live);
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

  /**
   * Gives the replies under way some time, then ends them and waits until they
   * are settled, but never for long: a reply that cannot be settled, or a provider
   * that does not let go, holds up no shutdown.
   */
  async drain(graceMs: number, settleMs = SETTLE_MS): Promise<void> {
    await this.allDone(graceMs);
    for (const turn of this.jobs.keys()) this.stop(turn, "interrupted");
    await this.allDone(settleMs);
    if (this.jobs.size > 0) {
      this.deps.log("error", "Replies are left for the next process to settle", {
        replies: this.jobs.size,
      });
    }
    this.over.resolve();
  }

  private async allDone(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((done) => timer = setTimeout(done, ms));
    await Promise.race([Promise.allSettled(this.jobs.values().map((job) => job.done)), late]);
    clearTimeout(timer);
  }

  private async write(job: Job, assignment: Assignment): Promise<void> {
    const { running, live } = job;
    let claim: Usage | null = null;
    let reason: FinishReason | null = null;
    let failure: Failure | null = null;
    let maySpend = true;
    let waitedMs: number | null = null;
    /** The beginning of what came and is not kept: it was generated, too. */
    let rest = "";
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
        const kept = cutText(text, LONGEST_TEXT - live.length);
        if (kept !== "") live.append(kept);
        if (kept.length === text.length) return;
        rest += text.slice(kept.length, kept.length + LONGEST_REST - rest.length);
        reason = "length";
        job.abort.abort();
      };
      const { signal } = job.abort;
      for await (const part of this.deps.provider.stream(request, signal)) {
        if (part.type === "text") onText(part.text);
        else if (part.type === "thinking") live.thinking += part.bytes;
        else if (part.type === "usage") claim = part.usage;
        else if (part.type === "end") reason ??= part.reason;
        else if (part.type === "source") {
          ({ provider, simulated } = part);
          for (const attempt of part.failed) noteAttempt(this.deps, running, attempt);
        }
      }
    } catch (error) {
      failure = failureOf(error);
      maySpend = !(error instanceof ProviderError) || error.maySpend;
      if (error instanceof ProviderError) noteFailure(this.deps, running, provider, error);
      this.deps.log("warn", "A reply failed", {
        turn: running.turn,
        model: running.model,
        fault: error instanceof ProviderError ? error.fault : "internal",
        error: error instanceof ProviderError ? error.message : nameOf(error),
      });
    }
    this.finish(job);
    if (reason === null && failure === null) reason = job.why ?? "interrupted";
    const text = isBlank(live.text) ? "" : live.text;
    // One that was whole when it was stopped is empty by itself.
    if (text === "" && failure === null && reason !== job.why) failure = emptyReply();
    const came = live.text !== "" || live.thinking > 0 || claim !== null;
    const spent = maySpend || came
      ? spentOn(running, {
        claim,
        seen: seenOf(live.text + rest, live.thinking),
        promptLength: assignment.prompt.reduce((sum, { content }) => sum + content.length, 0),
        context: this.deps.prices.contextOf(running.provider, running.model),
        reason,
      })
      : null;
    if (spent?.doubt) this.deps.log("warn", "A provider told odd figures", oddity(running, claim));
    await this.close(job, assignment, {
      text,
      reason: reason ?? "interrupted",
      at: this.deps.clock(),
      hour: this.deps.calendar.hourOf(running.startedAt),
      waitedMs,
      spent,
      failure,
      provider,
      simulated,
      progressKept: this.progress.end(running.turn),
    });
  }

  /** Ends the text; whatever its rendering throws, what it cost is settled. */
  private finish({ running, live }: Job): void {
    try {
      live.finish();
    } catch (error) {
      this.deps.log("error", "A reply cannot be rendered", {
        turn: running.turn,
        error: nameOf(error),
      });
    }
  }

  /**
   * Settles until it is done: a reply that was written is not given up while the
   * store may take it later. One that can never be settled is left to the
   * caretaker, and its person told.
   */
  private async close(job: Job, assignment: Assignment, whole: Closing): Promise<void> {
    const { running, live } = job;
    const { store, log } = this.deps;
    for (let attempt = 1;; attempt++) {
      try {
        const { settled, closing } = await settleAnyway(
          this.deps,
          store.roster.self,
          running,
          whole,
          this.participants,
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
            settled.notices.map(noticeEvent),
          );
          this.onSettled(running, settled);
        } else live.close([{ type: "reload" }]);
        return;
      } catch (error) {
        const later = mayBeLater(error);
        log("error", later ? "A reply cannot be settled yet" : "A reply cannot be settled", {
          turn: running.turn,
          attempt,
          error: causeOf(error),
        });
        if (!later || attempt === 3) live.close([errorEvent(failureOf(error))]);
        if (!later) return void this.jobs.delete(running.turn);
      }
      if (await this.pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** attempt)) === "over") return;
    }
  }

  private async pause(ms: number): Promise<"over" | "go on"> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rested = new Promise<"go on">((done) => timer = setTimeout(() => done("go on"), ms));
    const how = await Promise.race([this.over.promise.then(() => "over" as const), rested]);
    clearTimeout(timer);
    return how;
  }

  private tick(): void {
    if (this.jobs.size === 0) {
      clearInterval(this.ticker);
      this.ticker = undefined;
      return;
    }
    this.progress.keep();
    if (this.ticks++ % STOP_TICKS === 0) this.obeyStops();
  }

  private obeyStops(): void {
    const { store, log } = this.deps;
    store.roster.stopsForSelf().then((turns) => {
      for (const turn of turns) {
        this.stop(turn);
        void store.transactions.run([], (tx) => tx.delete(chatKeys.stop(store.roster.self, turn)))
          .catch(() => {});
      }
    }).catch(() => log("warn", "Cannot look for stops"));
  }
}

/** What a provider told, for the log. */
function oddity({ turn, model }: Running, claim: Usage | null) {
  const told = Object.entries(claim ?? {}).map(([name, count]) => [name, String(count)]);
  return { turn, model, ...Object.fromEntries(told) };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
