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

/** How often the text of a reply under way is kept for other processes. */
const PERIOD_MS = 1_000;
/** What each reply adds to that when there are very many: keeping them is not to keep others waiting. */
const SHARE_MS = 2;
/** One commit takes 800 KiB: what is above this waits for the next time. */
const MAX_BYTES = 300_000;
const MAX_REPLIES = 200;

interface Reply {
  turn: string;
  live: LiveTurn;
  keptAt: number;
  /** How much was kept of its text and its thinking, in both together. */
  keptLength: number;
  /** It is being settled: no text of it is kept behind its settlement. */
  ended: boolean;
  /** The store can never take its text, which only grows: what was kept before stays. */
  tooLong: boolean;
}

type Due = { reply: Reply; text: string; thinking: number };

/** Keeps what there is of the replies under way in the store, for other processes to show. */
export class ProgressWriter {
  /** By turn; the one that was kept longest ago is the first. */
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

  /** From now on nothing more is kept of a reply. Tells whether anything was. */
  end(turn: string): boolean {
    const reply = this.replies.get(turn);
    if (!reply) return false;
    reply.ended = true;
    this.replies.delete(turn);
    return reply.keptLength > 0;
  }

  /** Keeps what is due, together: a few at each call rather than all in a burst each second. */
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

  /** What cannot be kept together is kept one by one, so that one text keeps out no other. */
  private async write(due: readonly Due[], weight: number): Promise<void> {
    const work = (tx: Tx) => {
      for (const { reply, text, thinking } of due) {
        if (!reply.ended) tx.set(chatKeys.progress(reply.turn), { text, thinking });
      }
    };
    try {
      await this.deps.store.transactions.run([], work, weight, "background");
    } catch (error) {
      // Anything else ends by itself, and the next text is kept.
      if (!(error instanceof UnstorableError)) return;
      if (due.length === 1) due.forEach(({ reply }) => reply.tooLong = true);
      else await Promise.all(due.map((each) => this.write([each], weight)));
    }
  }
}
