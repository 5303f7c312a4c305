import { causeOf, isRetryable } from "../../platform/errors.ts";
import { whenEmpty } from "../../platform/when_empty.ts";
import type { Usage } from "../../llm/rules/prices.ts";
import { cutText, isBlank, LONGEST_TEXT } from "../../llm/rules/reply_text.ts";
import type { FinishReason } from "../../shared/chat_events.ts";
import { ProviderError } from "../../llm/provider.ts";
import type { Effort } from "../../llm/rules/effort.ts";
import type { PictureDetail } from "../../llm/rules/image_tokens.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import type { PromptMessage } from "../../llm/rules/prompt.ts";
import type { Failure } from "../records.ts";
import type { Running } from "../../metering/call_records.ts";
import type { NumberedMessage } from "../conversations.ts";
import { errorEvent, noticeEvent, WITHDRAWN } from "../rules/turn_texts.ts";
import { emptyReply, failureFor, replaced } from "../failures.ts";
import { tellFailover } from "./failover.ts";
import type { LiveTurn } from "./live_turn.ts";
import { ProgressWriter } from "./progress.ts";
import { lastAttempt } from "../../metering/calls/call_steps.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { observedUsage } from "../../metering/calls/reply_cost.ts";
import { boundsOf, closingEvents, finishText, spentOn } from "./reply_ends.ts";
import { logFailedAttempt, logFailedReply, logOddUsage } from "./provider_failures.ts";
import { settleOrTruncate } from "./settle_or_truncate.ts";
import { replyOf } from "./settle_turn.ts";
import { StopRequests } from "./stop_requests.ts";
import { tellSettled } from "./tell_settled.ts";
import type { TurnOutcome } from "./turn_outcome.ts";
import type { TurnParticipant } from "../participants.ts";
import type { TurnDeps } from "./turn_deps.ts";

/** Most UTF-16 units of discarded text that are estimated: no reply has more tokens. */
const MOST_DISCARDED = 60_000;
/** Interval of progress writes, and ticks between two checks for stop requests. */
const TICK_MS = 100;
const STOP_TICKS = 5;
/** Longest wait of a shutdown for settlements; the next process settles the rest. */
const SETTLE_MS = 5_000;
/** Longest pause between two attempts to settle a reply. */
const LONGEST_PAUSE_MS = 10_000;

/** A reply that this process writes. */
interface Job {
  running: Running;
  live: LiveTurn;
  abort: AbortController;
  why: "stopped" | "interrupted" | null;
  /** Whether a backup took the place of its records. */
  replaced: boolean;
  done: Promise<void>;
}

/** Parameters of a job besides its record. */
export interface Assignment {
  prompt: PromptMessage[];
  temperature: number;
  effort: Effort | null;
  pictureDetail: PictureDetail;
  /** Models asked when the first fails. */
  successors: readonly ModelRef[];
  ceiling: bigint | null;
  /** The messages before the reply, for the next turn. */
  before: NumberedMessage[];
}

/**
 * The replies under way in this process, as background jobs.
 * Each continues without watchers, is stored about once a second, and ends with exactly one
 * settlement.
 */
export class Replies {
  private readonly jobs = new Map<string, Job>();
  private readonly progress: ProgressWriter;
  private readonly stops: StopRequests;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private ticks = 0;
  /** Resolves when all retries here must end. */
  private readonly over = Promise.withResolvers<void>();

  constructor(
    private readonly deps: TurnDeps,
    private readonly paidCalls: PaidCalls,
    private readonly participants: readonly TurnParticipant[],
  ) {
    this.progress = new ProgressWriter(deps);
    this.stops = new StopRequests(deps.store, deps.log);
    deps.store.kv.onSwitch(() => this.endReplaced());
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
      replaced: false,
      done: Promise.resolve(),
    };
    this.jobs.set(running.turn, job);
    this.progress.begin(running.turn, live);
    this.ticker ??= setInterval(() => this.tick(), TICK_MS);
    job.done = this.write(job, assignment);
  }

  /** Stops a reply at the provider; the streamed text is kept and paid. False when not here. */
  stop(turn: string, why: "stopped" | "interrupted" = "stopped"): boolean {
    const job = this.jobs.get(turn);
    if (!job) return false;
    job.why ??= why;
    job.abort.abort();
    return true;
  }

  /**
   * Waits `graceMs` for replies, then stops them and waits for their settlement.
   * At most `settleMs`: a failing settlement, or a provider that does not let go, must not block a
   * shutdown.
   */
  async drain(graceMs: number, settleMs = SETTLE_MS): Promise<void> {
    await this.finished(graceMs);
    for (const turn of this.jobs.keys()) this.stop(turn, "interrupted");
    await this.finished(settleMs);
    if (this.jobs.size > 0) {
      this.deps.log("error", "Replies are left for the next process to settle", {
        replies: this.jobs.size,
      });
    }
    this.over.resolve();
  }

  /** Waits until no reply is under way, `ms` at most. */
  async finished(ms: number): Promise<void> {
    await whenEmpty(() => [...this.jobs.values()].map(({ done }) => done), ms);
  }

  private async write(job: Job, assignment: Assignment): Promise<void> {
    const { live } = job;
    const { turn, startedAt } = job.running;
    const { catalogue, calendar, clock } = this.deps;
    const bounds = boundsOf(job.running, assignment.prompt, catalogue);
    let claim: Usage | null = null;
    let reason: FinishReason | null = null;
    let failure: Failure | null = null;
    let maySpend = true;
    let waitedMs: number | null = null;
    /** Start of the discarded text, which was generated and is billed as well. */
    let discarded = "";
    try {
      const { provider, model, maxTokens } = job.running;
      const { prompt: messages, temperature, effort, pictureDetail, successors } = assignment;
      const asked = { messages, temperature, effort, pictureDetail, successors };
      const request = { provider, model, maxTokens, ...asked };
      const onText = (text: string) => {
        waitedMs ??= Math.max(0, clock() - startedAt);
        tellFailover(job);
        const kept = cutText(text, LONGEST_TEXT - live.length);
        if (kept !== "") live.append(kept);
        if (kept.length === text.length) return;
        discarded += text.slice(kept.length, kept.length + MOST_DISCARDED - discarded.length);
        reason = "length";
        job.abort.abort();
      };
      const { signal } = job.abort;
      for await (const part of this.deps.provider.stream(request, signal)) {
        if (part.type === "text") onText(part.text);
        else if (part.type === "thinking") live.thinking += part.bytes;
        else if (part.type === "usage") claim = part.usage;
        else if (part.type === "end") reason ??= part.reason;
        else if (part.type === "attempt") {
          if (part.failed) logFailedAttempt(this.deps, job.running, part.failed);
          claim = part.failed?.usage ?? null;
          job.running = await this.paidCalls.nextAttempt(job.running, part, bounds);
          claim = null;
          // Stopped meanwhile: this attempt is never made.
          maySpend = !signal.aborted;
        }
      }
    } catch (error) {
      failure = failureFor(error);
      maySpend = !(error instanceof ProviderError) || error.maySpend;
      logFailedReply(this.deps, job.running, error);
    }
    finishText(this.deps, job.running, live);
    const { text: written } = live;
    if (failure?.code === WITHDRAWN) live.withdraw(WITHDRAWN);
    if (reason === null && failure === null) reason = job.why ?? "interrupted";
    const text = isBlank(live.text) ? "" : live.text;
    // A reply that had ended when it was stopped is empty by itself.
    if (text === "" && failure === null && reason !== job.why) failure = emptyReply();
    const received = written !== "" || live.thinking > 0 || claim !== null;
    const { provider, model } = lastAttempt(job.running);
    const spent = maySpend || received
      ? spentOn(job.running, {
        claim,
        seen: observedUsage(written + discarded, live.thinking),
        promptLength: bounds.promptLength,
        soundSeconds: bounds.soundSeconds,
        context: bounds.contextOf(provider, model),
        reason,
      })
      : null;
    if (spent?.doubt) logOddUsage(this.deps, { turn, model }, claim);
    await this.close(job, assignment, {
      text,
      reason: reason ?? "interrupted",
      at: clock(),
      hour: calendar.hourOf(startedAt),
      waitedMs,
      spent,
      failure,
      followed: live.isFollowed,
      progressKept: this.progress.end(turn),
    });
  }

  /**
   * Settles with retries, as long as the store may accept it later. A settlement that can
   * never succeed is left to recovery, and the person is told.
   */
  private async close(job: Job, assignment: Assignment, whole: TurnOutcome): Promise<void> {
    const { running, live } = job;
    const { store, log } = this.deps;
    for (let attempt = 1;; attempt++) {
      try {
        const { settled, outcome } = await settleOrTruncate(this.deps, {
          process: store.processes.self,
          running,
          outcome: whole,
          participants: this.participants,
        });
        this.jobs.delete(running.turn);
        if (settled) {
          const reply = replyOf(running, outcome);
          const messages = settled.reply === null
            ? assignment.before
            : [...assignment.before, { number: settled.reply, message: reply }];
          store.conversations.keep(running.conversation, running.turn, messages.slice(-12));
          live.close(
            closingEvents(running, outcome, settled, assignment.ceiling, live.html),
            settled.notices.map(noticeEvent),
          );
          tellSettled(this.deps, running, outcome, settled.alerts, this.participants);
        } else live.close([job.replaced ? errorEvent(replaced()) : { type: "reload" }]);
        return;
      } catch (error) {
        const later = isRetryable(error);
        log("error", later ? "A reply cannot be settled yet" : "A reply cannot be settled", {
          turn: running.turn,
          attempt,
          error: causeOf(error),
        });
        if (!later || attempt === 3) live.close([errorEvent(failureFor(error))]);
        if (!later) return void this.jobs.delete(running.turn);
      }
      if (await this.pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** attempt)) === "over") return;
    }
  }

  /** Ends replies whose records a backup replaced: they cannot be settled. */
  private endReplaced(): void {
    for (const [turn, job] of this.jobs) {
      job.replaced = true;
      this.stop(turn, "interrupted");
      this.deps.log("warn", "A restore ended a reply, whose cost is not booked", { turn });
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
    if (this.ticks++ % STOP_TICKS === 0) void this.stops.obey((turn) => void this.stop(turn));
  }
}
