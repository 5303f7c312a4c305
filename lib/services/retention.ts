import { SETTINGS_LIMITS } from "../domain/settings.ts";
import type { RetentionPlace } from "../store/retention.ts";
import type { Deps } from "./deps.ts";
import { retentionDays } from "./settings_in_force.ts";

const STEP_MS = 5_000;
/** How long the walk is one process's between two steps. */
const CLAIM_MS = 60_000;
/** All conversations are looked at once in this time. */
const AGAIN_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Conversations that one step looks at, and deletes, at most. */
const LOOKED = 500;
const ERASED = 50;

const BEGINNING: RetentionPlace = { family: "head", after: null };

/** Deletes a conversation with all that belongs to it. */
type Erase = (visitor: string, tool: string, conversation: string) => Promise<unknown>;

/**
 * Deletes conversations that are older than the organisation keeps them. What
 * is written expires by itself after the time that held then; this is for what
 * was written when it was longer, so it rests while it is the longest.
 */
export class RetentionKeeper {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private place = BEGINNING;

  constructor(private readonly deps: Deps, private readonly erase: Erase) {}

  start(): void {
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.step()).then(() => {}, () => {
        this.deps.log("warn", "Cannot look for conversations that are too old");
      });
    }, STEP_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** Looks at some conversations and deletes those that are too old. Returns how many. */
  async step(): Promise<number> {
    const { store, clock } = this.deps;
    const days = retentionDays(this.deps);
    if (days >= SETTINGS_LIMITS.retentionDays) {
      this.place = BEGINNING;
      return 0;
    }
    const now = clock();
    const { self } = store.roster;
    const mine = await store.retention.claim(self, days, now, now + CLAIM_MS, now - AGAIN_MS);
    if (!mine) {
      this.place = BEGINNING;
      return 0;
    }
    const { found, next } = await store.retention.piece(this.place, LOOKED);
    const old = found.filter(({ usedAt, running }) => !running && usedAt < now - days * DAY_MS);
    for (const { visitor, tool, conversation } of old.slice(0, ERASED)) {
      await this.erase(visitor, tool, conversation);
    }
    // What is left of this piece comes again with the next step.
    if (old.length > ERASED) return ERASED;
    this.place = next ?? BEGINNING;
    if (next === null) await store.retention.finished(self, days, now);
    return old.length;
  }
}
