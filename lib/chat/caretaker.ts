import { causeOf } from "../platform/errors.ts";
import { isBlank } from "../llm/rules/reply_text.ts";
import { thinksUnseen } from "../llm/hidden_thinking.ts";
import { chatKeys } from "./records.ts";
import type { Running } from "../metering/records.ts";
import { HEARTBEAT_MS } from "./roster.ts";
import type { Deps } from "../deps.ts";
import { interrupted } from "./failures.ts";
import type { Replies } from "./turn/replies.ts";
import { seenOf, spentOn } from "./turn/reply_ends.ts";
import type { TurnParticipant } from "./participants.ts";
import { settleAnyway } from "./turn/settle_anyway.ts";
import type { SideCalls } from "../metering/side_calls.ts";

/**
 * Says that this process lives, and settles the turns of those that do not:
 * what they had streamed is kept and priced by estimate, the rest of their
 * holds is released.
 */
export class Caretaker {
  /** True while no other process serves this store. */
  alone = true;
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  /** Turns that nobody knew of when this was last looked for. */
  private strays = new Set<string>();

  constructor(
    private readonly deps: Deps,
    private readonly replies: Replies,
    private readonly sideCalls: SideCalls,
    private readonly onSettled: (running: Running) => void,
    private readonly onGone: () => void,
    private readonly participants: readonly TurnParticipant[],
  ) {}

  async start(): Promise<void> {
    await this.deps.store.roster.join(this.deps.clock());
    await this.look();
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.look());
    }, HEARTBEAT_MS / 4);
  }

  /** Ends the rounds and takes this process off the list. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.deps.store.roster.remove(this.deps.store.roster.self);
  }

  private rounds = 0;
  private joined: string | null = null;

  private async look(): Promise<void> {
    const { store, clock, log } = this.deps;
    const { roster } = store;
    try {
      await this.refresh();
      if (this.rounds++ % 4 === 0) await roster.beat(clock());
      const [others, joined] = await Promise.all([roster.others(clock()), roster.lastJoined()]);
      const wasAlone = this.alone;
      this.alone = others.every((other) => other.gone);
      // Another process, however short its life, may have changed what this one remembers.
      const visited = joined !== this.joined || (this.alone && !wasAlone);
      if (visited) store.transactions.forget();
      this.joined = joined;
      for (const other of others.filter((o) => o.gone)) {
        for (const running of await roster.turnsOf(other.id)) await this.tryEnd(other.id, running);
        // What could not be ended is a stray from now on.
        await roster.remove(other.id);
      }
      if (others.some((other) => other.gone)) this.onGone();
      if (this.rounds % 8 === 0) await this.endStrays();
    } catch (error) {
      this.alone = false;
      log("warn", "Cannot look after the other processes", {
        error: error instanceof Error ? error.message : typeof error,
      });
    }
  }

  /** Keeps up with what is set; that it cannot be read keeps nothing else from being done. */
  private async refresh(): Promise<void> {
    const { store, clock, log } = this.deps;
    const done = await Promise.allSettled([
      store.ownPrices.refresh(clock()),
      store.settings.refresh(),
      store.refusals.flush(),
    ]);
    for (const each of done) {
      if (each.status === "rejected") {
        log("warn", "Cannot read what is set", { error: causeOf(each.reason) });
      }
    }
  }

  /**
   * Ends turns that no process knows of: begun by a commit of this one whose
   * answer never came, or by one that fell off the list and then died. One that
   * has just begun may be on its way to who asked: it must be seen twice.
   */
  private async endStrays(): Promise<void> {
    const { roster } = this.deps.store;
    const found = (await roster.turnsOfNoOther()).filter(({ process, running }) =>
      process !== roster.self ||
      (this.replies.live(running.turn) === undefined && !this.sideCalls.has(running.turn))
    );
    const before = this.strays;
    this.strays = new Set(found.map(({ running }) => running.turn));
    for (const { process, running } of found) {
      if (before.has(running.turn)) await this.tryEnd(process, running);
    }
  }

  /** A turn that cannot be ended, such as of a tool whose books are damaged, keeps up no other. */
  private async tryEnd(process: string, running: Running): Promise<void> {
    try {
      await this.end(process, running);
    } catch (error) {
      this.deps.log("error", "A turn that was left behind cannot be settled yet", {
        turn: running.turn,
        error: causeOf(error),
      });
    }
  }

  private async end(process: string, running: Running): Promise<void> {
    const { store, clock, calendar, log } = this.deps;
    if (running.number === 0) return await this.sideCalls.endStray(process, running);
    const { value } = await store.kv.get(chatKeys.progress(running.turn));
    const { text: kept, thinking } = value ?? { text: "", thinking: 0 };
    const text = isBlank(kept) ? "" : kept;
    // What this process began without knowing it was never asked of a provider.
    const unseen = process !== store.roster.self && thinksUnseen(running.model);
    const spent = kept === "" && thinking === 0 && !unseen ? null : spentOn(running, {
      claim: null,
      seen: seenOf(kept, thinking),
      promptLength: 0,
      context: null,
      reason: null,
    });
    const { settled } = await settleAnyway(this.deps, process, running, {
      text,
      reason: "interrupted",
      at: clock(),
      hour: calendar.hourOf(running.startedAt),
      waitedMs: null,
      spent: spent && { ...spent, basis: "estimated" },
      failure: interrupted(),
      provider: running.provider,
      simulated: running.simulated,
      progressKept: true,
    }, this.participants);
    if (settled === null) return;
    log("warn", "Ended the turn of a process that is gone", {
      turn: running.turn,
      streamed: text.length,
    });
    this.onSettled(running);
  }
}
