import { logFailedAttempt, logFailedReply, logOddUsage } from "../chat/turn/provider_failures.ts";
import { type ModelRequest, ProviderError, type ProviderFault } from "../llm/provider.ts";
import type { Usage } from "../llm/rules/prices.ts";
import type { ReplyFailure } from "../locales/errors/api_codes.ts";
import type { AuxiliaryCall } from "../metering/call_records.ts";
import type { RequestBounds } from "../metering/calls/attempts.ts";
import type { Bill } from "../metering/calls/bill.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import { costOfReply, observedUsage, type ReplyCharge } from "../metering/calls/reply_cost.ts";
import type { ApiDeps } from "./api_deps.ts";
import type { CompletionEnd, CompletionRun } from "./completion_run.ts";
import { StopSequences } from "./rules/stop_sequences.ts";

/** Most UTF-16 units of a reply: a server that never ends must not fill the memory. */
const LONGEST_REPLY = 400_000;

/** A provider's failures as clients are told: a filter and pure thinking are ends of a reply. */
const FAILURES: Readonly<Record<ProviderFault, ReplyFailure | "filter" | "length">> = {
  account_empty: "account",
  broken: "broken",
  busy: "busy",
  down: "down",
  filtered: "filter",
  only_thinking: "length",
  refused: "refused",
  timeout: "timeout",
  too_long: "too_long",
  withdrawn: "filter",
};

/** A held call with its request. */
export interface CompletionJob {
  run: CompletionRun;
  call: AuxiliaryCall;
  request: ModelRequest;
  bounds: RequestBounds;
  /** Stop sequences. */
  stops: readonly string[];
}

/** Parts received of a reply's stream. */
interface Received {
  /** All text, after a stop sequence too: it is billed. */
  text: string;
  thinking: number;
  claim: Usage | null;
  reason: "stop" | "length" | "filter" | null;
  waitedMs: number | null;
  /** Whether the attempt was made, and may be billed. */
  asked: boolean;
}

/** Asks the model for a reply, fills its run, and settles its cost before the run ends. */
export class CompletionWriter {
  private readonly interrupted = new WeakSet<CompletionRun>();

  constructor(private readonly deps: ApiDeps, private readonly paidCalls: PaidCalls) {}

  /** Stops a reply for a shutdown. */
  interrupt(run: CompletionRun): void {
    this.interrupted.add(run);
    run.stop();
  }

  /** Writes a reply to its end; never rejects. */
  async write(job: CompletionJob): Promise<void> {
    let end: CompletionEnd = { kind: "failed", reason: "internal", retryAfterMs: null };
    try {
      end = await this.paidCalls.pay(job.call, (bill) => this.ask(job, bill));
    } catch (error) {
      logFailedReply(this.deps, job.call, error);
    } finally {
      job.run.close(end);
      this.deps.bus.emit("SpendingChanged", { tool: job.call.tool });
    }
  }

  private async ask(job: CompletionJob, bill: Bill): Promise<CompletionEnd> {
    const { run, call: { turn } } = job;
    const received: Received = {
      text: "",
      thinking: 0,
      claim: null,
      reason: null,
      waitedMs: null,
      asked: true,
    };
    let failure: unknown = null;
    try {
      await this.receive(job, bill, received);
    } catch (error) {
      failure = error;
      logFailedReply(this.deps, { turn, attempts: [bill.attempt()] }, error);
    }
    const { text, thinking, claim, waitedMs } = received;
    const maySpend = failure instanceof ProviderError ? failure.maySpend : received.asked;
    const spent = maySpend || text !== "" || thinking > 0 || claim !== null;
    const charge = spent ? chargeOf(job, bill, received) : null;
    bill.cost = charge;
    if (charge?.doubt) logOddUsage(this.deps, { turn, model: bill.attempt().model }, claim);
    const end = this.endOf(run, received, failure, charge);
    // A client that left, or a shutdown, is no failure.
    bill.turn = { failed: failure !== null && end.kind === "failed", waitedMs };
    return end;
  }

  private async receive(
    { run, call, request, bounds, stops }: CompletionJob,
    bill: Bill,
    received: Received,
  ): Promise<void> {
    const { provider, clock } = this.deps;
    const cut = new StopSequences(stops);
    const { signal } = run.abort;
    for await (const part of provider.stream(request, signal)) {
      if (part.type === "text") {
        received.waitedMs ??= Math.max(0, clock() - call.startedAt);
        received.text += part.text;
        const shown = cut.push(part.text);
        if (shown !== "") run.append(shown);
        if (cut.found) received.reason = "stop";
        else if (received.text.length > LONGEST_REPLY) received.reason = "length";
        if (received.reason !== null) run.stop();
      } else if (part.type === "thinking") received.thinking += part.bytes;
      else if (part.type === "usage") received.claim = part.usage;
      else if (part.type === "end") received.reason ??= part.reason;
      else if (part.type === "attempt") {
        if (part.failed) logFailedAttempt(this.deps, call, part.failed);
        received.claim = part.failed?.usage ?? null;
        await bill.next(part, bounds);
        received.claim = null;
        // Stopped meanwhile: this attempt is never made.
        received.asked = !signal.aborted;
      }
    }
    const rest = cut.end();
    if (rest !== "") run.append(rest);
  }

  private endOf(
    run: CompletionRun,
    { reason }: Received,
    failure: unknown,
    charge: ReplyCharge | null,
  ): CompletionEnd {
    const { input = 0, cached = 0, output = 0, reasoning = 0 } = charge ?? {};
    const usage = { input, cached, output, reasoning };
    if (failure instanceof ProviderError) {
      const told = FAILURES[failure.fault];
      if (told === "filter" || told === "length") {
        const withdrawn = failure.fault === "withdrawn";
        return { kind: "done", reason: told, usage, withdrawn };
      }
      return {
        kind: "failed",
        reason: told,
        retryAfterMs: failure.details.retryAfterMs ?? null,
      };
    }
    if (failure !== null) return { kind: "failed", reason: "internal", retryAfterMs: null };
    if (reason !== null) return { kind: "done", reason, usage, withdrawn: false };
    const restarting = this.interrupted.has(run);
    return {
      kind: "failed",
      reason: restarting ? "interrupted" : "broken",
      retryAfterMs: restarting ? 5_000 : null,
    };
  }
}

/** Usage and cost of the attempt that answered. */
function chargeOf(
  { run, bounds }: CompletionJob,
  bill: Bill,
  { text, thinking, claim, reason }: Received,
): ReplyCharge {
  const { provider, model, price, hold } = bill.attempt();
  const { inputEstimate, promptTokens, maxTokens, effort, promptLength, contextOf } = bounds;
  if (price === null) throw new Error("A reply without a price");
  return costOfReply({ provider, model, price, inputEstimate, promptTokens, maxTokens, effort }, {
    claim,
    seen: observedUsage(text, thinking),
    promptLength,
    context: contextOf(provider, model),
    // A reply that was stopped here may have been longer than its text received so far.
    reason: run.abort.signal.aborted ? "stopped" : reason,
  }, hold);
}
