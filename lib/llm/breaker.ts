import { BoundedMap } from "../shared/bounded_map.ts";
import type { Clock } from "../platform/clock.ts";
import type { ProviderError, ProviderFault } from "./provider.ts";
import {
  abandoned,
  admitCall,
  admits,
  answered,
  blameOf,
  type BreakerPass,
  type BreakerState,
  CLOSED,
  failed,
  forcedPass,
  opensAt,
  reset,
  shut,
  toldOpen,
} from "./rules/breaker.ts";
import type { ModelRef } from "./rules/model_ref.ts";

/** Models whose breakers are kept; their names come from administrators. */
const MOST_BREAKERS = 500;
/** Name of a provider's own breaker, which a refused key or an empty account opens. */
const ALL_MODELS = "*";

/** A breaker as others read it. */
export interface BreakerStatus extends ModelRef {
  phase: BreakerState["phase"];
  /** Since when it is not closed; null when it is. */
  since: number | null;
  /** When the next call may try; null when it is closed, or a person must act first. */
  until: number | null;
  /** Whether it stays open until a person acts. */
  needsPerson: boolean;
}

/** A change from one phase to another. */
export interface BreakerChange extends BreakerStatus {
  from: BreakerState["phase"];
  /** Openings in a row. */
  openings: number;
  /** Whether another process told it. */
  told: boolean;
  /** Why: the fault of the call that changed it, or null. */
  fault: ProviderFault | null;
}

/** One call that a breaker lets through. Exactly one of its outcomes counts; `end` closes it. */
export interface BreakerCall {
  /** The provider gave a first sign of a reply. */
  answered(): void;
  failed(error: ProviderError): void;
  /** The call is over; without an outcome it counts in no way. */
  end(): void;
}

/** A sign of a call: of a reply after so many ms, or of a failure. */
export type CallSign = ModelRef & ({ answeredMs: number } | { fault: ProviderFault });

/** What pages and the chain read. */
export type BreakerStates = Pick<Breakers, "states" | "admits" | "opensAt" | "errors">;

/**
 * Circuit breakers of this process, by provider and model. A failing model is left alone for a
 * while; a provider that refuses the key, or whose account is empty, until a person acts.
 */
export class Breakers {
  private readonly known = new BoundedMap<string, ModelRef & { state: BreakerState }>(
    MOST_BREAKERS,
  );
  private readonly faults = new Map<string, number>();
  private readonly listeners = new Set<(change: BreakerChange) => void>();
  private readonly watchers = new Set<(sign: CallSign) => void>();

  /** @param random from 0 to below 1, for jitter */
  constructor(private readonly clock: Clock, private readonly random: () => number = Math.random) {}

  /** Calls `listener` at each change of a phase. */
  onChange(listener: (change: BreakerChange) => void): void {
    this.listeners.add(listener);
  }

  /** Calls `watcher` when a call is answered, and when it fails. */
  onSign(watcher: (sign: CallSign) => void): void {
    this.watchers.add(watcher);
  }

  /** Whether a call to a model would be let through now. */
  admits(ref: ModelRef): boolean {
    const now = this.clock();
    return admits(this.state(ref), now) && admits(this.state(providerOf(ref)), now);
  }

  /** When a call to a model may be let through, in ms since 1970; Infinity for a person's turn. */
  opensAt(ref: ModelRef): number {
    return Math.max(opensAt(this.state(ref)), opensAt(this.state(providerOf(ref))));
  }

  /**
   * Begins a call; null when the model is left alone.
   * @param force lets it through in any case: nobody else is left to ask
   */
  begin(ref: ModelRef, force = false): BreakerCall | null {
    const now = this.clock();
    if (force) return this.call(ref, forcedPass(this.state(ref)));
    if (!admits(this.state(providerOf(ref)), now)) return null;
    const admitted = admitCall(this.state(ref), now);
    if (admitted === null) return null;
    this.change(ref, admitted.state, null);
    return this.call(ref, admitted.pass);
  }

  /** Closes all breakers of a provider, after a successful test. */
  reset(provider: string): void {
    for (const each of [...this.known.values()]) {
      if (each.provider === provider) this.change(each, reset(each.state), null);
    }
  }

  /** Opens a closed breaker until a time, as another process told. */
  tell(ref: ModelRef, claim: { until: number; openings: number }): void {
    this.change(ref, toldOpen(this.state(ref), claim, this.clock()), null, true);
  }

  /** All known breakers. */
  states(): BreakerStatus[] {
    return [...this.known.values()].map((each) => statusOf(each, each.state));
  }

  /** Number of failed calls since the start, by provider and fault. */
  errors(): { provider: string; kind: string; count: number }[] {
    return [...this.faults].map(([key, count]) => {
      const [provider = "", kind = ""] = key.split("\0");
      return { provider, kind, count };
    });
  }

  private call(ref: ModelRef, first: BreakerPass): BreakerCall {
    let pass = first;
    let over = false;
    const whole = providerOf(ref);
    const wholePass = forcedPass(this.state(whole));
    const began = this.clock();
    return {
      answered: () => {
        this.tellSign({ ...modelOf(ref), answeredMs: Math.max(0, this.clock() - began) });
        const state = answered(this.state(ref), pass);
        // The rest of the reply counts for the breaker that it has closed.
        if (state !== this.state(ref)) pass = { epoch: state.epoch, trial: false };
        this.change(ref, state, null);
        if (this.state(whole).phase !== "closed") {
          this.change(whole, answered(this.state(whole), wholePass), null);
        }
        over = true;
      },
      failed: (error) => {
        this.count(ref.provider, error.fault);
        this.tellSign({ ...modelOf(ref), fault: error.fault });
        const blame = blameOf(error);
        if (blame === "ours") return;
        over = true;
        const now = this.clock();
        const { fault, details: { retryAfterMs: waitMs } } = error;
        if (blame === "closed") {
          this.change(whole, shut(this.state(whole), wholePass, now), fault);
          this.change(ref, abandoned(this.state(ref), pass, now), null);
        } else {
          const random = this.random();
          this.change(ref, failed(this.state(ref), pass, { now, random, waitMs }), fault);
        }
      },
      end: () => {
        if (!over) this.change(ref, abandoned(this.state(ref), pass, this.clock()), null);
        over = true;
      },
    };
  }

  private tellSign(sign: CallSign): void {
    for (const watcher of this.watchers) watcher(sign);
  }

  private state(ref: ModelRef): BreakerState {
    return this.known.get(keyOf(ref))?.state ?? CLOSED;
  }

  private change(
    { provider, model }: ModelRef,
    state: BreakerState,
    fault: ProviderFault | null,
    told = false,
  ): void {
    const ref = { provider, model };
    const before = this.state(ref);
    if (before === state && this.known.has(keyOf(ref))) return;
    this.known.set(keyOf(ref), { ...ref, state });
    if (before.phase === state.phase) return;
    const { openings } = state;
    const change = { ...statusOf(ref, state), from: before.phase, openings, fault, told };
    for (const listener of this.listeners) listener(change);
  }

  private count(provider: string, fault: ProviderFault): void {
    const key = `${provider}\0${fault}`;
    this.faults.set(key, (this.faults.get(key) ?? 0) + 1);
  }
}

function statusOf({ provider, model }: ModelRef, state: BreakerState): BreakerStatus {
  const { phase } = state;
  return {
    provider,
    model,
    phase,
    since: phase === "closed" ? null : state.since,
    until: phase === "closed" ? null : phase === "open" ? state.until : state.trialUntil,
    needsPerson: phase === "open" && state.until === null,
  };
}

const modelOf = ({ provider, model }: ModelRef): ModelRef => ({ provider, model });
const keyOf = ({ provider, model }: ModelRef) => `${provider}\0${model}`;
const providerOf = ({ provider }: ModelRef): ModelRef => ({ provider, model: ALL_MODELS });
