import { randomBytes } from "node:crypto";
import { AppError } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { EventBus } from "../../platform/event_bus.ts";
import { Erasures } from "../../people/erasures.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Key } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Conversations, NumberedMessage } from "../conversations.ts";
import type { ConversationId } from "../participants.ts";
import { chatKeys } from "../records.ts";
import { type Share, shareKeys } from "./records.ts";
import { validShares } from "./valid_shares.ts";

interface Needs {
  store: {
    kv: Kv;
    transactions: Transactions;
    conversations: Conversations;
    settings: StoredSettings;
  };
  clock: Clock;
  bus: EventBus;
}

const DAY_MS = 24 * 60 * 60_000;
/** Days for which a read-only link opens. */
export const SHARED_DAYS = 30;
/** Most links of one conversation. */
const MOST_LINKS = 20;
/** 192 bits, in base64url. */
const ID_BYTES = 24;
const ID = /^[\w-]{32}$/;

/** A link as its maker sees it. */
export interface SharedLink {
  id: string;
  tool: string;
  conversation: string;
  at: number;
  until: number;
}

/**
 * Read-only links to a conversation up to a message. They do not grow with it, end with it, after
 * {@link SHARED_DAYS} days, or when their maker ends them, and open nothing while the organisation
 * has sharing switched off.
 */
export class SharedLinks {
  private readonly erasures: Erasures;

  constructor(private readonly deps: Needs) {
    this.erasures = new Erasures(deps);
  }

  /** Whether the organisation allows links. */
  get allowed(): boolean {
    return this.deps.store.settings.current.people.sharing;
  }

  /**
   * Makes a link to the conversation as it is shown now; returns its id. The newest link of the same
   * messages is used again.
   * @throws {AppError} `missing` without a message, `denied` while sharing is off, `conflict` when
   * there are too many.
   */
  async make({ visitor, tool, conversation }: ConversationId): Promise<string> {
    if (!this.allowed) throw new AppError("denied", { code: "share.off" });
    const { store, clock } = this.deps;
    const now = clock();
    const links = await this.of(visitor, conversation);
    const headKey = chatKeys.head(visitor, tool);
    const archiveKey = chatKeys.archive(visitor, tool, conversation);
    const removalKey = chatKeys.removal(visitor, conversation);
    const [newest] = links;
    const newestKey = shareKeys.share(newest?.id ?? "");
    return await store.transactions.run([headKey, archiveKey, removalKey, newestKey], (tx) => {
      const current = tx.get(headKey);
      const head = current?.conversation === conversation ? current : tx.get(archiveKey)?.head;
      if (!head || head.next === 0 || tx.get(removalKey) !== null) {
        throw new AppError("missing", { code: "conversation.gone" });
      }
      const path = head.path ?? [];
      const same = tx.get(newestKey);
      if (newest && same?.next === head.next && String(same.path) === String(path)) {
        return newest.id;
      }
      if (links.length >= MOST_LINKS) {
        throw new AppError("conflict", { code: "share.too_many", most: MOST_LINKS });
      }
      const id = randomBytes(ID_BYTES).toString("base64url");
      const until = now + SHARED_DAYS * DAY_MS;
      const { next } = head;
      tx.set(shareKeys.share(id), { visitor, tool, conversation, path, next, at: now, until });
      tx.set(shareKeys.shareOf(visitor, conversation, id), until);
      return id;
    });
  }

  /** The valid links of a visitor, or of one conversation, the newest first. */
  async of(visitor: string, conversation?: string): Promise<SharedLink[]> {
    const { clock, store: { kv } } = this.deps;
    const valid = await validShares(kv, clock(), visitor, conversation);
    return valid.map(({ id, share: { tool, conversation, at, until } }): SharedLink => ({
      id,
      tool,
      conversation,
      at,
      until,
    })).sort((a, b) => b.at - a.at);
  }

  /** Ends a visitor's link at once. */
  async end(visitor: string, id: string): Promise<void> {
    if (!ID.test(id)) return;
    const key = shareKeys.share(id);
    const ended = await this.deps.store.transactions.run([key], (tx) => {
      const share = tx.get(key);
      if (share?.visitor !== visitor) return false;
      const { conversation } = share;
      tx.delete(key);
      tx.delete(shareKeys.shareOf(visitor, conversation, id));
      this.erasures.note(tx, { kind: "share", visitor, conversation, id });
      return true;
    });
    if (ended) this.erasures.told();
  }

  /**
   * What a link shows.
   * @throws {AppError} `missing` when there is nothing, for whatever reason.
   */
  async open(id: string): Promise<Share> {
    const { kv, conversations } = this.deps.store;
    const share = this.allowed && ID.test(id) ? (await kv.get(shareKeys.share(id))).value : null;
    if (share === null || share.until <= this.deps.clock()) throw ended();
    const { visitor, tool, conversation } = share;
    const [head, { value: removal }] = await Promise.all([
      conversations.find(visitor, tool, conversation),
      kv.get(chatKeys.removal(visitor, conversation)),
    ]);
    if (head === null || removal !== null) throw ended();
    return share;
  }

  /** Messages that a link shows, from a number on. */
  async messages(share: Share, from: number, limit: number): Promise<NumberedMessage[]> {
    const messages = await this.deps.store.conversations.from(
      share,
      from,
      Math.max(0, Math.min(limit, share.next - from)),
    );
    return messages.filter(({ number }) => number < share.next);
  }
}

/** The keys of a conversation's links, to be deleted with it. */
export async function shareKeysOf(
  kv: Kv,
  visitor: string,
  conversation: string,
): Promise<Key<unknown>[]> {
  const rows = await kv.list(
    { prefix: ["share_of", visitor, conversation] },
    (path) => shareKeys.shareOf(visitor, conversation, String(path[3])),
  );
  return rows.map(({ path }) => String(path[3])).flatMap((id): Key<unknown>[] => [
    shareKeys.share(id),
    shareKeys.shareOf(visitor, conversation, id),
  ]);
}

function ended(): AppError {
  return new AppError("missing", { code: "share.ended" });
}
