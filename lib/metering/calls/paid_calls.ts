import { readsFor } from "../budgets.ts";
import { type AttemptPart, type AttemptStep, type RequestBounds, stepTo } from "./attempts.ts";
import type { AuxiliaryCall, CallCost, PaidCall } from "../call_records.ts";
import type { SettledFigures } from "../../platform/event_bus.ts";
import type { Bill } from "./bill.ts";
import { figuresOfCall } from "./settled_figures.ts";
import {
  holdAttempt,
  lastAttempt,
  NoRoom,
  readsToSettle,
  settleCall,
  type SettledCall,
} from "./call_steps.ts";
import {
  type Admission,
  type CallPlace,
  type CallRequest,
  type Choose,
  type Chosen,
  fittedReply,
  holdCall,
  type ReplyRequest,
  wholeCall,
} from "./hold_call.ts";
import { type CallParticipant, callParts } from "./call_participants.ts";
import { causeOf, isRetryable } from "../../platform/errors.ts";
import { ProviderError } from "../../llm/provider.ts";
import { timePrefix } from "../../shared/time_prefix.ts";
import { meteringKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { type FaultDeps, recordAlerts } from "../spending_alerts.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { Config } from "../../config.ts";

interface Needs extends FaultDeps {
  store: FaultDeps["store"] & { settings: StoredSettings; processes: ProcessRegistry };
  config: Config;
}

const TRIES = 6;

/**
 * Auxiliary paid calls, such as for a transcript.
 * The worst case is held before the call and the cost booked after it, each in its own commit.
 * Unsettled calls are ended by recovery, see {@link endOrphan}.
 */
export class PaidCalls {
  private readonly underWay = new Set<string>();
  /** Outcomes whose commit has not succeeded yet, by call id. */
  private readonly unsettled = new Map<string, Pick<Bill, "cost" | "turn">>();
  private readonly listeners = new Set<(figures: SettledFigures) => void>();

  constructor(
    private readonly deps: Needs,
    private readonly participants: readonly CallParticipant[] = [],
  ) {}

  /** Calls `listener` after the commit that ends a call. */
  onSettled(listener: (figures: SettledFigures) => void): void {
    this.listeners.add(listener);
  }

  /** Whether a call is under way in this process. */
  has(id: string): boolean {
    return this.underWay.has(id);
  }

  /**
   * Holds, runs `ask`, and settles by the bill, whether `ask` throws or not.
   * @throws {AppError} `over_budget`, `over_share`, or what the admission throws; then nothing is
   * held or asked.
   */
  async run<T>(
    request: CallRequest,
    ask: (bill: Bill) => Promise<T>,
    admission?: Admission<unknown>,
  ): Promise<T> {
    return await this.pay(await this.hold(request, admission), ask);
  }

  /** Runs `ask` for a held call and settles by the bill, whether `ask` throws or not. */
  async pay<T>(held: AuxiliaryCall, ask: (bill: Bill) => Promise<T>): Promise<T> {
    let call = held;
    const bill: Bill = {
      cost: { usd: call.hold.amount, basis: "estimated" },
      attempt: () => lastAttempt(call),
      next: async (part, bounds) => {
        call = await this.nextAttempt(call, part, bounds);
      },
    };
    try {
      return await ask(bill);
    } finally {
      await this.settle(call, bill.cost, bill);
    }
  }

  /**
   * Holds a call's worst case, in one commit with an admission of the caller's, if any.
   * @throws {AppError} `over_budget`, `over_share`, or what the admission throws; then nothing is
   * held.
   */
  async hold(
    request: CallRequest,
    admission: Admission<unknown> = { reads: [], run: () => null },
  ): Promise<AuxiliaryCall> {
    return (await this.begin(request, wholeCall(request), admission)).call;
  }

  /**
   * Holds for a reply of a model and length that the budgets admit, in one commit with an
   * admission of the caller's.
   * @throws {AppError} `over_budget`, or what the admission throws; then nothing is held.
   */
  async holdReply<T>(request: ReplyRequest, admission: Admission<T>) {
    const { call, chosen: { maxTokens }, admitted } = await this.begin(
      request,
      fittedReply(request),
      admission,
    );
    return { call, maxTokens, admitted };
  }

  private async begin<C extends Chosen, T>(
    place: CallPlace,
    choose: Choose<C>,
    admission: Admission<T>,
  ) {
    const id = timePrefix(this.deps.clock()) + crypto.randomUUID().slice(0, 13);
    this.underWay.add(id);
    try {
      return await holdCall(this.deps, id, place, choose, admission);
    } catch (error) {
      this.underWay.delete(id);
      throw error;
    }
  }

  /**
   * Releases a hold and books the cost, if any; `also` writes in the same commit by its `reads`, and
   * `turn` counts a reply in its hour. Retries for some seconds while the store fails, then leaves the call to recovery: a late
   * booking is no error for the caller.
   */
  async settle(
    call: AuxiliaryCall,
    cost: CallCost | null,
    { also, reads, turn }: Pick<Bill, "also" | "reads" | "turn"> = {},
  ): Promise<void> {
    const { store, log } = this.deps;
    // A failing `also` must not prevent the booking.
    let extra = also;
    const writing = (tx: Tx) => {
      try {
        extra?.(tx);
      } catch (error) {
        extra = undefined;
        throw error;
      }
    };
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt === TRIES) extra = undefined;
      const booksAlone = extra === undefined;
      try {
        await this.end(store.processes.self, call, cost, { also: writing, reads, turn });
        this.underWay.delete(call.turn);
        return;
      } catch (error) {
        log("error", "A call cannot be settled yet", {
          turn: call.turn,
          attempt,
          error: causeOf(error),
        });
        if (!isRetryable(error)) {
          // `also` can never be stored: book without it.
          if (booksAlone) break;
          extra = undefined;
        } else if (attempt < TRIES) {
          await new Promise((done) => setTimeout(done, 100 * 2 ** attempt));
        }
      }
    }
    this.unsettled.set(call.turn, { cost, turn });
    this.underWay.delete(call.turn);
  }

  /**
   * Ends the current attempt of a turn or auxiliary call as failed, and holds for the next.
   * Returns the updated call.
   * @throws {ProviderError} the previous failure, when a budget lacks room for the next.
   */
  async nextAttempt<C extends PaidCall>(
    call: C,
    part: AttemptPart,
    bounds: RequestBounds,
  ): Promise<C> {
    const step = stepTo(call, part, bounds);
    if (step === null) return call;
    const { log } = this.deps;
    const { turn } = call;
    const { provider, model } = step.next;
    try {
      const held = await this.holdAttempt(call, step);
      if (held !== null) return held;
      log("warn", "A call was settled before its next attempt", { turn, provider, model });
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      const { scope } = error.nearest;
      log("warn", "No budget for the next attempt", { turn, provider, model, scope });
    }
    throw part.failed?.error ?? new ProviderError("down", "No other model can be paid for");
  }

  /**
   * Like nextAttempt(), given a step; null when the call had ended.
   * @throws {NoRoom} when a budget has no room: the next provider must not be asked.
   */
  async holdAttempt<C extends PaidCall>(call: C, step: AttemptStep): Promise<C | null> {
    const { processes: { self }, transactions } = this.deps.store;
    const reads = [
      meteringKeys.running(self, call.turn),
      ...readsFor(call.budgets, call.hold.day),
    ];
    return await transactions.run(reads, (tx) => holdAttempt(tx, self, call, step), 3_000);
  }

  /**
   * Ends an unsettled call. A call of this process books its known cost, or nothing if it was
   * never made; a call of a lost process may have been billed and books its worst case.
   */
  async endOrphan(process: string, call: AuxiliaryCall): Promise<void> {
    const own = process === this.deps.store.processes.self;
    const worst: CallCost = { usd: lastAttempt(call).hold, basis: "estimated" };
    const { cost, turn }: Pick<Bill, "cost" | "turn"> = own
      ? this.unsettled.get(call.turn) ?? { cost: null }
      : { cost: worst };
    await this.end(process, call, cost, { turn, lost: true });
    this.unsettled.delete(call.turn);
  }

  /**
   * Settles a call of any process; no effect when it had ended.
   * @param lost whether whoever made it will not have its result
   */
  async end(
    process: string,
    call: AuxiliaryCall,
    cost: CallCost | null,
    { also, reads = [], turn, lost = false }: Pick<Bill, "also" | "reads" | "turn"> & {
      lost?: boolean;
    } = {},
  ): Promise<void> {
    const { store: { transactions, settings }, clock, calendar, log } = this.deps;
    // A reply whose process died counts as failed.
    const reply = turn ?? (call.reply ? { failed: true, waitedMs: null } : undefined);
    const settlement = {
      cost,
      at: clock(),
      hour: calendar.hourOf(call.startedAt),
      shares: settings.current.alerts.shares,
      turn: reply,
    };
    const parts = callParts(this.participants, call);
    const ended = await transactions.run<SettledCall | null>(
      [...readsToSettle(process, call), ...parts.flatMap((part) => part.reads), ...reads],
      (tx) => {
        const settled = settleCall(tx, process, call, settlement);
        if (settled === null) return null;
        recordAlerts(tx, call.hold.day, settled.alerts);
        for (const part of parts) part.run(tx, { usd: settled.usd, lost });
        also?.(tx);
        return settled;
      },
      8_000,
    );
    if (ended === null) return;
    const figures = figuresOfCall(call, settlement);
    for (const listener of this.listeners) listener(figures);
    for (const alert of ended.alerts) {
      if (alert.scope !== "fault") continue;
      log("error", "Alert", { code: alert.code, name: alert.name, ...alert.params });
    }
  }
}
