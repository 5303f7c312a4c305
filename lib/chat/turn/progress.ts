import { UnstorableError } from "../../store/faults.ts";
import { chatKeys } from "../records.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import type { LiveTurn } from "./live_turn.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";

interface Needs {
  store: { transactions: Transactions };
  clock: Clock;
  log: Log;
}

/** How often a reply's text is stored for other processes. */
const PERIOD_MS = 1_000;
/** Added to the period for each reply under way, so that many replies do not delay others. */
const SHARE_MS = 2;
/** Bytes in one commit, of 800 KiB at most; the rest waits for the next time. */
const MAX_BYTES = 300_000;
const MAX_REPLIES = 200;

interface Reply {
  turn: string;
  live: LiveTurn;
  keptAt: number;
  /** Stored length of its text and its thinking, together. */
  keptLength: number;
  /** Its settlement has begun: no text may be stored after it. */
  ended: boolean;
  /** The store can never accept the growing text: the last stored text stays. */
  tooLong: boolean;
}

type Due = { reply: Reply; text: string; thinking: number };

/** Stores the text of replies under way, for other processes and for recovery. */
export class ProgressWriter {
  /** By turn, in order of the last store, oldest first. */
  private readonly replies = new Map<string, Reply>();

  constructor(private readonly deps: Needs) {}

  begin(turn: string, live: LiveTurn): void {
    this.replies.set(turn, {
      turn,
      live,
      keptAt: this.deps.clock(),
      keptLength: 0,
      ended: false,
      tooLong: false,
    });
  }

  /** Stops storing a reply. Returns whether anything was stored. */
  end(turn: string): boolean {
    const reply = this.replies.get(turn);
    if (!reply) return false;
    reply.ended = true;
    this.replies.delete(turn);
    return reply.keptLength > 0;
  }

  /** Stores due texts in one commit: a few at each call rather than all at once each second. */
  keep(): void {
    const now = this.deps.clock();
    const period = Math.max(PERIOD_MS, this.replies.size * SHARE_MS);
    const due: Due[] = [];
    let weight = 0;
    for (const reply of this.replies.values()) {
      if (now - reply.keptAt < period) break;
      const { text, thinking } = reply.live;
      if (reply.tooLong || text.length + thinking === reply.keptLength) continue;
      const more = 500 + 2 * text.length;
      if (due.length === MAX_REPLIES || (due.length > 0 && weight + more > MAX_BYTES)) break;
      weight += more;
      due.push({ reply, text, thinking });
    }
    if (due.length === 0) return;
    for (const { reply, text, thinking } of due) {
      reply.keptAt = now;
      reply.keptLength = text.length + thinking;
      this.replies.delete(reply.turn);
      this.replies.set(reply.turn, reply);
    }
    void this.write(due, weight);
  }

  /** Stores texts one by one where they cannot be stored together, so that one blocks no other. */
  private async write(due: readonly Due[], weight: number): Promise<void> {
    const work = (tx: Tx) => {
      for (const { reply, text, thinking } of due) {
        if (!reply.ended) tx.set(chatKeys.progress(reply.turn), { text, thinking });
      }
    };
    try {
      await this.deps.store.transactions.run([], work, weight, "background");
    } catch (error) {
      // Other errors pass, and the next text is stored.
      if (!(error instanceof UnstorableError)) return;
      if (due.length === 1) due.forEach(({ reply }) => reply.tooLong = true);
      else await Promise.all(due.map((each) => this.write([each], weight)));
    }
  }
}
