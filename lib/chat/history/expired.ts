import { type Archived, chatKeys, type Head } from "../records.ts";
import { feedbackKeys, type Review } from "../../feedback/records.ts";
import type { Key } from "../../store/key.ts";
import { storeKeys } from "../../store/records.ts";
import { BIN_DAYS, type BinnedTool, toolKeys } from "../../tools/records.ts";
import { type Outbox, phoneKeys } from "../../whatsapp/records.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";

/** A conversation as the caretaker looks at it. */
export interface KeptConversation {
  visitor: string;
  tool: string;
  conversation: string;
  /** When somebody last went on with it. */
  usedAt: number;
  running: boolean;
}

/** A row that is kept for a time of its own, until when. */
export interface KeptRow {
  key: Key<unknown>;
  until: number;
}

/**
 * What a walk goes through, in this order: conversations that are current, put
 * aside, or only listed for review any more; messages to phones; deleted tools.
 */
const FAMILIES = ["head", "archive", "review", "outbox", "tool_bin"] as const;

/** Where a walk has come to. */
export interface RetentionPlace {
  family: typeof FAMILIES[number];
  after: Deno.KvKey | null;
}

export const FIRST_PLACE: RetentionPlace = { family: FAMILIES[0], after: null };

const DAY = 24 * 60 * 60_000;
/** How long messages to phones are kept. */
const OUTBOX_MS = 90 * DAY;

interface Piece {
  conversations: KeptConversation[];
  rows: KeptRow[];
  next: RetentionPlace | null;
}

/** All that is kept for some time, in pieces, and which process walks through it. */
export class Retention {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** The next piece of a walk, and where it goes on; null at its end. */
  async piece({ family, after }: RetentionPlace, limit: number): Promise<Piece> {
    const selector = { prefix: [family], ...after === null ? {} : { start: [...after, 0] } };
    const conversations: KeptConversation[] = [];
    const rows: KeptRow[] = [];
    let last: Deno.KvKey | undefined;
    const each = async <T>(
      keyOf: (...parts: string[]) => Key<T>,
      take: (value: T, key: Key<T>, parts: string[]) => void,
    ) => {
      const partsOf = (path: Deno.KvKey) => path.slice(1).map(String);
      const found = await this.kv.list(selector, (path) => keyOf(...partsOf(path)), { limit });
      for (const { path, value } of found) {
        const parts = partsOf(path);
        take(value, keyOf(...parts), parts);
      }
      last = found.at(-1)?.path;
    };
    switch (family) {
      case "head":
        await each<Head>(
          (visitor = "", tool = "") => chatKeys.head(visitor, tool),
          (head, _, parts) =>
            conversations.push(conversationOf(parts, head, head.running !== null)),
        );
        break;
      case "archive":
        await each<Archived>(
          (visitor = "", tool = "", id = "") => chatKeys.archive(visitor, tool, id),
          ({ head }, _, parts) => conversations.push(conversationOf(parts, head, false)),
        );
        break;
      case "review":
        await each<Review>(
          (conversation = "") => feedbackKeys.review(conversation),
          ({ visitor, tool, at }, _, [conversation = ""]) =>
            conversations.push({ visitor, tool, conversation, usedAt: at, running: false }),
        );
        break;
      case "outbox":
        await each<Outbox>(
          (number = "", n = "") => phoneKeys.outbox(number, Number(n)),
          ({ at }, key) => rows.push({ key, until: at + OUTBOX_MS }),
        );
        break;
      case "tool_bin":
        await each<BinnedTool>(
          (tool = "", at = "") => toolKeys.toolBin(tool, Number(at)),
          ({ at }, key) => rows.push({ key, until: at + BIN_DAYS * DAY }),
        );
        break;
    }
    return { conversations, rows, next: nextPlace(family, last) };
  }

  /** Deletes rows that have had their time. */
  async drop(rows: readonly KeptRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.transactions.run([], (tx) => rows.forEach(({ key }) => tx.delete(key)), 20_000);
  }

  /** What time it was when the program last looked, and believed the clock; null before the first time. */
  async lastSeen(): Promise<number | null> {
    return (await this.kv.get(storeKeys.clock())).value;
  }

  async noteSeen(now: number): Promise<void> {
    await this.transactions.run([], (tx) => tx.set(storeKeys.clock(), now));
  }

  /**
   * Takes the walk for some time; false while another process has it, or when
   * all were looked at for this number of days since `since`.
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

  /** Notes that all were looked at. */
  async finished(process: string, days: number, at: number): Promise<void> {
    const key = chatKeys.retention();
    await this.transactions.run([key], (tx) => {
      tx.set(key, { process, claimedUntil: 0, days, finishedAt: at });
    });
  }
}

function conversationOf(
  [visitor = "", tool = ""]: readonly string[],
  head: Head,
  running: boolean,
): KeptConversation {
  return {
    visitor,
    tool,
    conversation: head.conversation,
    usedAt: head.updatedAt,
    running,
  };
}

function nextPlace(
  family: RetentionPlace["family"],
  last: Deno.KvKey | undefined,
): RetentionPlace | null {
  if (last) return { family, after: last };
  const next = FAMILIES[FAMILIES.indexOf(family) + 1];
  return next === undefined ? null : { family: next, after: null };
}
