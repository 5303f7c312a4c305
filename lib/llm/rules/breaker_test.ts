import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { ProviderError, type ProviderFault } from "../provider.ts";
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
  JITTER,
  LONGEST_PAUSE_MS,
  LONGEST_TRIAL_MS,
  MOST_FAILURES,
  MOST_IN_A_ROW,
  opensAt,
  reset,
  SHORTEST_PAUSE_MS,
  shut,
  toldOpen,
  WINDOW,
} from "./breaker.ts";

const NOW = 1_000_000;
const USUAL = { now: NOW, random: 0.5 };

/** A call that is let through and ends. */
function after(state: BreakerState, outcomes: string, at = USUAL): BreakerState {
  for (const outcome of outcomes) {
    const admitted = admitCall(state, at.now);
    if (!admitted) return state;
    state = outcome === "x"
      ? failed(admitted.state, admitted.pass, at)
      : answered(admitted.state, admitted.pass);
  }
  return state;
}

Deno.test("a breaker opens at 3 failures in a row, and at 5 of the last 10", () => {
  equal(after(CLOSED, "xx").phase, "closed");
  equal(after(CLOSED, "xxx").phase, "open");
  equal(after(CLOSED, "xx.xx.").phase, "closed");
  equal(after(CLOSED, "xx.xx.x").phase, "open");
  // The oldest of eleven no longer counts.
  equal(after(CLOSED, "x.x.x.x...x").phase, "closed");
  equal(after(CLOSED, "x.x.x.x..x").phase, "open");
});

Deno.test("an open breaker pauses 15 s, doubling to 5 minutes, and lets one trial through", () => {
  let state = after(CLOSED, "xxx");
  let now = NOW;
  for (const seconds of [15, 30, 60, 120, 240, 300, 300]) {
    ok(state.phase === "open" && state.until !== null);
    equal(state.until - now, seconds * 1000);
    equal(admits(state, state.until - 1), false);
    now = state.until;
    const trial = admitCall(state, now);
    ok(trial?.pass.trial);
    equal(admitCall(trial.state, now), null);
    state = failed(trial.state, trial.pass, { now, random: 0.5 });
  }
  const trial = admitCall(state, now + 300_000);
  ok(trial);
  equal(answered(trial.state, trial.pass).phase, "closed");
  // After that, pauses are short again.
  const again = after(answered(trial.state, trial.pass), "xxx");
  equal(opensAt(again) - NOW, SHORTEST_PAUSE_MS);
});

Deno.test("a provider's own wait lengthens the pause, to 5 minutes at most", () => {
  const two = after(CLOSED, "xx");
  const pass = forcedPass(two);
  equal(opensAt(failed(two, pass, { ...USUAL, waitMs: 40_000 })) - NOW, 40_000);
  equal(opensAt(failed(two, pass, { ...USUAL, waitMs: 9_000_000 })) - NOW, LONGEST_PAUSE_MS);
});

Deno.test("a refused key or a spending limit opens a breaker until a person acts", () => {
  const state = shut(CLOSED, forcedPass(CLOSED), NOW);
  equal([admits(state, Number.MAX_SAFE_INTEGER), opensAt(state)], [false, Infinity]);
  equal(reset(state).phase, "closed");
  // A call that is made all the same, since no other provider is left, may answer.
  equal(answered(state, forcedPass(state)).phase, "closed");
});

Deno.test("a stopped trial leaves its place to the next call, a lost one after its time", () => {
  const open = after(CLOSED, "xxx");
  const trial = admitCall(open, NOW + 15_000);
  ok(trial);
  const left = abandoned(trial.state, trial.pass, NOW + 16_000);
  ok(admitCall(left, NOW + 16_000)?.pass.trial);
  equal(admits(trial.state, NOW + 16_000), false);
  ok(admitCall(trial.state, NOW + 15_000 + LONGEST_TRIAL_MS)?.pass.trial);
});

Deno.test("another process's claim is bounded, and changes only a closed breaker", () => {
  const told = toldOpen(CLOSED, { until: NOW * 1000, openings: 3 }, NOW);
  equal([told.phase, opensAt(told) - NOW], ["open", LONGEST_PAUSE_MS]);
  equal(toldOpen(CLOSED, { until: NOW, openings: 3 }, NOW), CLOSED);
  const own = after(CLOSED, "xxx");
  equal(toldOpen(own, { until: NOW + 60_000, openings: 3 }, NOW), own);
});

const BLAMED: [ProviderFault, ProviderError["details"], string][] = [
  ["down", {}, "theirs"],
  ["down", { status: 503 }, "theirs"],
  ["down", { status: 408 }, "theirs"],
  ["busy", { status: 529 }, "theirs"],
  ["busy", { status: 429 }, "theirs"],
  ["busy", { status: 429, retryAfterMs: 60_000 }, "theirs"],
  ["busy", { status: 429, retryAfterMs: 2_000 }, "ours"],
  ["timeout", {}, "theirs"],
  ["timeout", { generated: true }, "ours"],
  ["broken", {}, "theirs"],
  ["broken", { generated: true }, "theirs"],
  ["refused", { status: 400 }, "ours"],
  ["refused", { status: 403 }, "ours"],
  ["refused", { status: 404 }, "ours"],
  ["refused", { status: 401 }, "closed"],
  ["account_empty", { status: 429 }, "closed"],
  ["filtered", {}, "ours"],
  ["too_long", {}, "ours"],
  ["only_thinking", {}, "ours"],
];

for (const [fault, details, blame] of BLAMED) {
  Deno.test(`blameOf() finds ${JSON.stringify({ fault, ...details })} ${blame}`, () => {
    equal(blameOf(new ProviderError(fault, "m", details)), blame);
  });
}

/** What any sequence of calls of several at once can do to a breaker, checked after each step. */
interface Model {
  now: number;
  /** Calls of the same epoch whose outcome is due. */
  due: BreakerPass[];
  trial: boolean;
}
class Real {
  state: BreakerState = CLOSED;
}

/** Only one trial at once; while it runs, or before its time, no call is let through. */
class Call implements fc.Command<Model, Real> {
  check = () => true;
  run(model: Model, real: Real): void {
    const admitted = admitCall(real.state, model.now);
    const { phase } = real.state;
    equal(admitted !== null, admits(real.state, model.now));
    if (phase === "closed") ok(admitted && !admitted.pass.trial);
    if (phase === "open") equal(admitted !== null, model.now >= opensAt(real.state));
    if (admitted === null) return;
    if (admitted.pass.trial) {
      ok(!model.trial || phase === "half_open");
      equal(admitted.state.phase, "half_open");
      model.trial = true;
    }
    real.state = admitted.state;
    model.due.push(admitted.pass);
  }
  toString = () => "call";
}

class Forced implements fc.Command<Model, Real> {
  check = () => true;
  run(model: Model, real: Real): void {
    model.due.push(forcedPass(real.state));
  }
  toString = () => "forced";
}

class Ends implements fc.Command<Model, Real> {
  constructor(readonly how: "answered" | "failed" | "shut" | "left", readonly pick: number) {}
  check = (model: Readonly<Model>) => model.due.length > 0;
  run(model: Model, real: Real): void {
    const [pass] = model.due.splice(this.pick % model.due.length, 1);
    if (!pass) return;
    const { state: before } = real;
    const { now } = model;
    const random = (this.pick % 100) / 100;
    const ended = {
      answered: () => answered(before, pass),
      failed: () => failed(before, pass, { now, random }),
      shut: () => shut(before, pass, now),
      left: () => abandoned(before, pass, now),
    }[this.how]();
    real.state = ended;
    if (pass.epoch !== before.epoch) return equal(ended, before);
    if (this.how === "answered") equal(ended.phase, "closed");
    if (this.how === "shut") equal(opensAt(ended), Infinity);
    if (this.how === "failed" && pass.trial) equal(ended.phase, "open");
    if (this.how === "failed" && !pass.trial && before.phase !== "closed") equal(ended, before);
    if (ended.phase !== "half_open") model.trial = false;
    if (ended.phase === "open" && ended !== before && this.how === "failed") {
      ok(ended.until !== null);
      const pause = ended.until - now;
      ok(pause >= SHORTEST_PAUSE_MS * (1 - JITTER) && pause <= LONGEST_PAUSE_MS, `${pause}`);
    }
  }
  toString = () => `${this.how} ${this.pick}`;
}

class Passes implements fc.Command<Model, Real> {
  constructor(readonly ms: number) {}
  check = () => true;
  run(model: Model): void {
    model.now += this.ms;
  }
  toString = () => `${this.ms} ms`;
}

Deno.test("Any calls, outcomes and pauses keep a breaker's promises: one trial, bounded pauses, no late outcome", () => {
  const pick = fc.nat(1_000);
  const commands = [
    fc.constant(new Call()),
    fc.constant(new Forced()),
    fc.tuple(fc.constantFrom("answered", "failed", "failed", "shut", "left"), pick)
      .map(([how, n]) => new Ends(how, n)),
    fc.oneof(fc.nat(2_000), fc.nat(400_000)).map((ms) => new Passes(ms)),
  ];
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 120 }), (steps) => {
      fc.modelRun(() => ({ model: { now: NOW, due: [], trial: false }, real: new Real() }), steps);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("A closed breaker has fewer failures than open it, whatever came before", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("x", ".", ".", "."), { maxLength: 60 }), (outcomes) => {
      let state = CLOSED;
      for (const outcome of outcomes) {
        state = after(state, outcome);
        if (state.phase !== "closed") return;
        ok(state.recent.length <= WINDOW);
        ok(state.recent.filter((each) => each).length < MOST_FAILURES);
        ok(state.recent.slice(-MOST_IN_A_ROW).filter((each) => each).length < MOST_IN_A_ROW);
      }
    }),
  );
});
