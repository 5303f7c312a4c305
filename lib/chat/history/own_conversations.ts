import { chatKeys, type ConversationHead } from "../records.ts";
import type { Conversations } from "../conversations.ts";
import { IdleMap } from "../../platform/idle_map.ts";
import type { ConversationId } from "../participants.ts";
import type { Kv } from "../../store/kv.ts";
import { branchAt } from "../rules/path.ts";
import { titleIn } from "./history.ts";

interface Needs {
  store: { kv: Kv; conversations: Conversations };
}

/** Titles in memory. */
const MOST_TITLES = 5_000;
/** Visitors whose lists of archived conversations are in memory, and the longest of them. */
const MOST_LISTS = 100, LONGEST_LIST = 1_000;
/** Conversations that are read at a time where all are needed. */
const PIECE = 250;

/** A conversation in the list of all tools. */
export interface ListedConversation extends ListPlace {
  tool: string;
  title: string;
  messages: number;
  /** Whether the tool's chat page shows it. */
  current: boolean;
  /** Whether a reply is being written, or ended while no page showed it; null otherwise. */
  reply: "writing" | "ready" | null;
}

/** One with its head, to read its messages. */
export interface WholeConversation extends ListedConversation {
  head: ConversationHead;
}

/** A place in the list: the last activity of a conversation, and its id. */
export interface ListPlace {
  at: number;
  conversation: string;
}

export interface ListPage {
  conversations: ListedConversation[];
  /** The place after which the list goes on; null at its end. */
  next: ListPlace | null;
}

/** A conversation before its title is read: a current one has none in its record. */
type Row = Omit<ListedConversation, "title"> & {
  title: string | null;
  head: ConversationHead | null;
};

/**
 * A visitor's conversations with all tools, the latest first.
 * There is one current conversation a tool; the others are read in the order of an index, so a
 * page's cost does not depend on their number.
 */
export class OwnConversations {
  /** The first words of conversations, which never change along a path. */
  private readonly titles = new IdleMap<string, string>(MOST_TITLES);
  /** Archived conversations of visitors, as of a revision of their archives. */
  private readonly archives = new IdleMap<string, { revision: string; rows: Row[] }>(MOST_LISTS);
  /** Counts deletions: what was read before one is not cached after it. */
  private deletions = 0;

  constructor(private readonly deps: Needs) {
    const { kv } = deps.store;
    kv.onSwitch(() => {
      this.titles.clear();
      this.archives.clear();
    });
    kv.onAge(() => {
      this.titles.age();
      this.archives.age();
    });
  }

  /** Drops what the caches have of a deleted conversation. */
  forget({ visitor, conversation }: Pick<ConversationId, "visitor" | "conversation">): void {
    this.deletions++;
    this.archives.delete(visitor);
    this.titles.deleteWhere((key) => key.startsWith(`${conversation} `));
  }

  /** One page; `hidden` are conversations that are left out. */
  async page(
    visitor: string,
    { after = null, limit, hidden = new Set() }: {
      after?: ListPlace | null;
      limit: number;
      hidden?: ReadonlySet<string>;
    },
  ): Promise<ListPage> {
    const [current, archived] = await Promise.all([
      this.current(visitor),
      this.indexed(visitor, after, limit + 1 + hidden.size),
    ]);
    const all = [...current, ...archived]
      .filter((each) => !hidden.has(each.conversation) && isAfter(each, after))
      .sort(latestFirst);
    const rows = all.slice(0, limit);
    const last = rows.at(-1);
    const next = all.length > limit && last
      ? { at: last.at, conversation: last.conversation }
      : null;
    return { conversations: await this.titled(rows), next };
  }

  /** All of them in pages, the latest first. */
  async *pages(
    visitor: string,
    hidden: ReadonlySet<string> = new Set(),
  ): AsyncGenerator<ListedConversation[]> {
    const [current, archived] = await Promise.all([
      this.current(visitor),
      this.archived(visitor),
    ]);
    const all = [...current, ...archived]
      .filter((each) => !hidden.has(each.conversation))
      .sort(latestFirst);
    for (let from = 0; from < all.length; from += PIECE) {
      yield await this.titled(all.slice(from, from + PIECE));
    }
  }

  /** All archived conversations: those in memory while the archive has not changed. */
  private async archived(visitor: string): Promise<Row[]> {
    const { kv } = this.deps.store;
    const { deletions } = this;
    // Before the list: a change between the two makes another revision.
    const { value: revision } = await kv.get(chatKeys.archiveRevision(visitor));
    const known = this.archives.get(visitor);
    if (revision !== null && known?.revision === revision) return known.rows;
    const rows = await this.indexed(visitor, null);
    if (revision !== null && rows.length <= LONGEST_LIST && deletions === this.deletions) {
      this.archives.set(visitor, { revision, rows });
    } else this.archives.delete(visitor);
    return rows;
  }

  /** As {@link pages}, with their heads. */
  async *all(visitor: string): AsyncGenerator<WholeConversation[]> {
    for await (const listed of this.pages(visitor)) yield await this.whole(visitor, listed);
  }

  async whole(
    visitor: string,
    listed: readonly ListedConversation[],
  ): Promise<WholeConversation[]> {
    const { kv } = this.deps.store;
    const [heads, archives] = await Promise.all([
      kv.getMany(
        listed.filter(({ current }) => current).map(({ tool }) => chatKeys.head(visitor, tool)),
      ),
      kv.getMany(
        listed.filter(({ current }) => !current)
          .map(({ tool, conversation }) => chatKeys.archive(visitor, tool, conversation)),
      ),
    ]);
    const found = new Map(
      [...heads.map(({ value }) => value), ...archives.map(({ value }) => value?.head ?? null)]
        .flatMap((head) => head ? [[head.conversation, head]] : []),
    );
    return listed.flatMap((each): WholeConversation[] => {
      const head = found.get(each.conversation);
      // Its deletion may have come between the two reads.
      return head ? [{ ...each, head }] : [];
    });
  }

  private async current(visitor: string): Promise<Row[]> {
    const rows = await this.deps.store.kv.list(
      { prefix: ["head", visitor] },
      (path) => chatKeys.head(visitor, String(path[2])),
    );
    return rows.filter(({ value }) => value.next > 0).map(({ path, value }) => ({
      at: value.updatedAt,
      conversation: value.conversation,
      tool: String(path[2]),
      title: value.title ?? null,
      messages: value.next,
      current: true,
      reply: value.running ? "writing" : value.unseen ? "ready" : null,
      head: value,
    }));
  }

  private async indexed(
    visitor: string,
    after: ListPlace | null,
    limit?: number,
  ): Promise<Row[]> {
    const prefix = ["archive_index", visitor];
    const rows = await this.deps.store.kv.list(
      after === null
        ? { prefix }
        : { prefix, end: chatKeys.archiveIndex(visitor, after.at, after.conversation).path },
      (path) => chatKeys.archiveIndex(visitor, Number(path[2]), String(path[3])),
      { ...(limit === undefined ? {} : { limit }), reverse: true },
    );
    return rows.map(({ path, value }) => ({
      at: Number(path[2]),
      conversation: String(path[3]),
      ...value,
      current: false,
      reply: null,
      head: null,
    }));
  }

  private async titled(rows: readonly Row[]): Promise<ListedConversation[]> {
    const { deletions } = this;
    const unnamed = rows.flatMap(({ head }) =>
      head && head.title === undefined && this.titles.get(titleKey(head)) === undefined
        ? [head]
        : []
    );
    const firsts = unnamed.length === 0 ? [] : await this.deps.store.conversations.iterate(
      unnamed.map((shown) => ({ shown, number: 0 })),
    );
    const read = new Map(
      unnamed.map((head, i) => [titleKey(head), titleIn(firsts[i] ?? null)]),
    );
    if (deletions === this.deletions) {
      for (const [key, title] of read) this.titles.set(key, title);
    }
    const titleOf = (head: ConversationHead) => {
      const key = titleKey(head);
      return read.get(key) ?? this.titles.get(key);
    };
    return rows.map(({ head, ...row }) => ({
      ...row,
      title: row.title ?? (head && titleOf(head)) ?? "",
    }));
  }
}

function titleKey({ conversation, path = [] }: ConversationHead): string {
  return `${conversation} ${branchAt(path, 0)}`;
}

function latestFirst(a: ListPlace, b: ListPlace): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.conversation === b.conversation ? 0 : a.conversation < b.conversation ? 1 : -1;
}

function isAfter(each: ListPlace, place: ListPlace | null): boolean {
  return place === null || latestFirst(place, each) < 0;
}
