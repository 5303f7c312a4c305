import { chatKeys, type ConversationHead } from "../records.ts";
import type { TurnParticipant } from "../participants.ts";
import { shareKeys } from "../shares/records.ts";
import { peopleKeys } from "../../people/records.ts";
import { storeKeys } from "../../store/records.ts";
import { BIN_DAYS, toolKeys } from "../../tools/records.ts";
import { keyAfter, type Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import {
  type RetainedConversation,
  type RetainedFamily,
  retainedFamily,
  type RetainedRow,
} from "./retained.ts";

/** Bytes of a record with expired parts, at most. */
const SHORTENED_WEIGHT = 60_000;
const DAY = 24 * 60 * 60_000;

/** Families of every walk: current and archived conversations, their links, devices, deleted tools. */
const FAMILIES: readonly RetainedFamily[] = [
  retainedFamily(
    "head",
    (visitor = "", tool = "") => chatKeys.head(visitor, tool),
    (head, _, parts) => ({ conversation: conversationOf(parts, head, head.running !== null) }),
  ),
  retainedFamily(
    "archive",
    (visitor = "", tool = "", id = "") => chatKeys.archive(visitor, tool, id),
    ({ head }, _, parts) => ({ conversation: conversationOf(parts, head, false) }),
  ),
  retainedFamily(
    "share",
    (id = "") => shareKeys.share(id),
    ({ until }, key) => ({ row: { key, until } }),
  ),
  retainedFamily(
    "share_of",
    (visitor = "", conversation = "", id = "") => shareKeys.shareOf(visitor, conversation, id),
    (until, key) => ({ row: { key, until } }),
  ),
  retainedFamily(
    "device",
    (id = "") => peopleKeys.device(id),
    ({ until }, key) => ({ row: { key, until } }),
  ),
  retainedFamily(
    "device_of",
    (visitor = "", id = "") => peopleKeys.deviceOf(visitor, id),
    (until, key) => ({ row: { key, until } }),
  ),
  retainedFamily(
    "tool_bin",
    (tool = "", at = "") => toolKeys.toolBin(tool, Number(at)),
    ({ at }, key) => ({ row: { key, until: at + BIN_DAYS * DAY } }),
  ),
];

/** All families of a walk in order, with the participants' own. */
export function familiesOf(
  participants: readonly Pick<TurnParticipant, "retained">[],
): readonly RetainedFamily[] {
  return [...FAMILIES, ...participants.flatMap(({ retained = [] }) => retained)];
}

/** Position of a walk. */
export interface RetentionPlace {
  family: number;
  after: Deno.KvKey | null;
}

export const FIRST_PLACE: RetentionPlace = { family: 0, after: null };

interface Piece {
  conversations: RetainedConversation[];
  rows: RetainedRow[];
  next: RetentionPlace | null;
}

/** Records with limited retention, in batches, and the claim on walking through them. */
export class Retention {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** The next batch of a walk, and its next position; null at the end. */
  async piece(
    families: readonly RetainedFamily[],
    { family, after }: RetentionPlace,
    limit: number,
  ): Promise<Piece> {
    const piece: Piece = { conversations: [], rows: [], next: null };
    const current = families[family];
    if (!current) return piece;
    const selector = {
      prefix: [current.name],
      ...after === null ? {} : { start: keyAfter(after) },
    };
    const { kept, last } = await current.list(this.kv, selector, limit);
    for (const each of kept) {
      if ("row" in each) piece.rows.push(each.row);
      else piece.conversations.push(each.conversation);
    }
    if (last) piece.next = { family, after: last };
    else if (family + 1 < families.length) piece.next = { family: family + 1, after: null };
    return piece;
  }

  /** Deletes expired rows, or their expired parts. */
  async drop(rows: readonly RetainedRow[], now: number): Promise<void> {
    const whole = rows.filter(({ shorten }) => shorten === undefined);
    if (whole.length > 0) {
      await this.transactions.run([], (tx) => whole.forEach(({ key }) => tx.delete(key)), 20_000);
    }
    for (const { key, shorten } of rows) {
      if (shorten) await this.transactions.run([key], (tx) => shorten(tx, now), SHORTENED_WEIGHT);
    }
  }

  /** The last time the program ran with a trusted clock; null before the first. */
  async lastSeen(): Promise<number | null> {
    return (await this.kv.get(storeKeys.clock())).value;
  }

  /** End of the last finished walk; null before the first. */
  async finishedAt(): Promise<number | null> {
    return (await this.kv.get(chatKeys.retention())).value?.finishedAt || null;
  }

  async noteSeen(now: number): Promise<void> {
    await this.transactions.run([], (tx) => tx.set(storeKeys.clock(), now));
  }

  /**
   * Claims the walk until a time; false while another process holds it, or when a walk with
   * this number of days was finished since `since`.
   */
  claim(process: string, days: number, now: number, until: number, since: number) {
    const key = chatKeys.retention();
    return this.transactions.run([key], (tx) => {
      const state = tx.get(key);
      if (state && state.days === days && state.finishedAt > since) return false;
      if (state && state.process !== process && state.claimedUntil > now) return false;
      tx.set(key, {
        process,
        claimedUntil: until,
        days: state?.days ?? 0,
        finishedAt: state?.finishedAt ?? 0,
      });
      return true;
    });
  }

  /** Records a finished walk. */
  async finished(process: string, days: number, at: number): Promise<void> {
    const key = chatKeys.retention();
    await this.transactions.run([key], (tx) => {
      tx.set(key, { process, claimedUntil: 0, days, finishedAt: at });
    });
  }
}

function conversationOf(
  [visitor = "", tool = ""]: readonly string[],
  head: ConversationHead,
  running: boolean,
): RetainedConversation {
  return {
    visitor,
    tool,
    conversation: head.conversation,
    usedAt: head.updatedAt,
    running,
  };
}
