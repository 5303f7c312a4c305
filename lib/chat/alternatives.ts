import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { family, type Key } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { type Alternative, chatKeys, type ConversationHead, keyIn, type Shown } from "./records.ts";
import {
  branchAt,
  type BranchPath,
  forkAt,
  pathSpans,
  ROOT,
  tailAt,
  withTail,
} from "./rules/path.ts";
import { versionsOf } from "./rules/versions.ts";
import { firstUnshared } from "./shares/valid_shares.ts";
import type { TurnVersions, Versions } from "../shared/chat_events.ts";
import type { MessageView } from "../shared/views/chat_view.ts";

/** Most alternatives under one number, including the shown one; shared ones stay beyond it. */
export const MOST_ALTERNATIVES = 20;
/** Most branches in one path: the head is read and written with each turn. */
export const MOST_BRANCHES = 500;
/** Messages read and deleted in one commit. */
const BATCH = 100;
const PIECE_WEIGHT = 20_000;

/** An alternative that is not shown. */
export interface Hidden extends Alternative {
  /** Id of its first branch, unique under its number. */
  id: number;
}

/** A new branch of a conversation, begun by an edit or a regeneration. */
export interface Fork {
  path: BranchPath;
  branches: number;
  /** Record of the alternative shown until now. */
  keep: { key: Key<Alternative>; value: Alternative };
  /** The oldest alternative that no link shows, when there are too many. */
  drop: Dropped | null;
  /** The place of the new branch among all that are kept. */
  versions: Versions | undefined;
}

/** An alternative to delete, and its number. */
export interface Dropped {
  key: Key<Alternative>;
  number: number;
  hidden: Hidden;
}

/** Alternatives of questions and replies: one is shown, the others are kept. */
export class Alternatives {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Hidden alternatives under a number, oldest first. */
  async at(head: ConversationHead, number: number): Promise<Hidden[]> {
    if (!head.branches) return [];
    const { path } = alternativeKey(head, number, ROOT);
    const rows = await this.kv.list(
      { prefix: path.slice(0, -1) },
      (path) => alternativeKey(head, number, Number(path.at(-1))),
    );
    return rows.map(({ path, value }) => ({ ...value, id: Number(path.at(-1)) }));
  }

  /**
   * Versions of the messages from one number to another (excluded), where there are several:
   * one read for each branch there, none in a conversation without branches.
   */
  async versions(
    head: Pick<ConversationHead, "conversation" | "path" | "branches">,
    from: number,
    until: number,
  ): Promise<Map<number, Versions>> {
    if (!head.branches) return new Map();
    const { conversation, path = [] } = head;
    const hidden = new Map<number, number[]>();
    // Alternatives are stored under the branch of the message before them.
    const forks = pathSpans(path, Math.max(0, from - 1), until - 1)
      .map((span) => ({ fork: span.branch, first: span.from + 1, last: span.until }));
    if (from === 0) forks.unshift({ fork: ROOT, first: 0, last: 0 });
    await Promise.all(forks.map(async ({ fork, first, last }) => {
      const keyAt = (number: number, id: number) =>
        chatKeys.alternative(conversation, fork, number, id);
      const range = { start: keyAt(first, ROOT).path, end: keyAt(last + 1, ROOT).path };
      const rows = await this.kv.list(
        range,
        (path) => keyAt(Number(path[3]), Number(path[4])),
      );
      for (const { path } of rows) {
        const number = Number(path[3]);
        hidden.set(number, [...hidden.get(number) ?? [], Number(path[4])]);
      }
    }));
    const found = new Map<number, Versions>();
    for (const [number, ids] of hidden) {
      const versions = versionsOf(ids, branchAt(path, number));
      if (versions) found.set(number, versions);
    }
    return found;
  }

  /** Adds the versions to the views of consecutive messages. */
  async addTo(views: MessageView[], head: ConversationHead): Promise<void> {
    const [first, last] = [views[0], views.at(-1)];
    if (!first || !last) return;
    const found = await this.versions(head, first.seq, last.seq + 2);
    for (const view of views) {
      const versions = found.get(view.seq);
      if (versions) view.versions = versions;
    }
    const replies = found.get(last.seq + 1);
    if (last.unanswered && replies) last.replies = replies;
  }

  /** Versions of a stored turn's question and reply. */
  async ofTurn(head: ConversationHead, question: number): Promise<TurnVersions> {
    const found = await this.versions(head, question, question + 2);
    return turnVersions(found.get(question), found.get(question + 1));
  }

  /** Versions of a turn's question and reply once it has begun. */
  async ofBegun(
    head: ConversationHead | null,
    { question, replaces, fork }: { question: number; replaces: number | null; fork: Fork | null },
  ): Promise<TurnVersions> {
    if (head === null || (!fork && !head.branches)) return {};
    if (replaces === question) return turnVersions(fork?.versions, undefined);
    const before = await this.ofTurn(head, question);
    return turnVersions(
      before.question,
      replaces === null ? undefined : fork?.versions ?? before.reply,
    );
  }

  /**
   * Data for a new branch from a number on; null when nothing is shown there.
   * @throws {AppError} `conflict` when the conversation's path has too many branches.
   */
  async fork(
    head: ConversationHead | null,
    { visitor, number, now }: { visitor: string; number: number; now: number },
  ): Promise<Fork | null> {
    if (head === null || head.next <= number) return null;
    const { path: shown = [] } = head;
    const branches = (head.branches ?? 0) + 1;
    const path = withTail(shown, number, { branch: branches, path: [] });
    if (path.length > MOST_BRANCHES) throw tooManyBranches();
    const hidden = await this.at(head, number);
    const before = branchAt(shown, number);
    const gone = hidden.length + 2 > MOST_ALTERNATIVES
      ? await firstUnshared(this.kv, { head, visitor, number, now }, hidden)
      : undefined;
    const kept = hidden.filter((each) => each !== gone).map(({ id }) => id);
    return {
      path,
      branches,
      keep: {
        key: alternativeKey(head, number, before),
        value: tailOf(head, number, now),
      },
      drop: gone ? { key: alternativeKey(head, number, gone.id), number, hidden: gone } : null,
      versions: versionsOf([...kept, before], branches),
    };
  }

  /** Deletes an alternative's messages, with all that follow it. */
  async drop(conversation: string, { number, hidden }: Dropped): Promise<void> {
    const left = [[hidden.id, number] as const, ...hidden.path];
    for (let each = left.pop(); each; each = left.pop()) {
      const [branch, from] = each;
      await this.deleteMessages(conversation, branch, from);
      for (const { key, value, number, id } of await this.following(conversation, branch, from)) {
        left.push(...value.path);
        if (id !== branch) left.push([id, number]);
        await this.transactions.run([], (tx) => tx.delete(key));
      }
    }
  }

  /** Deletes all branches and alternatives of a conversation. */
  async deleteAll(conversation: string): Promise<void> {
    for (const name of ["branch", "alternative"]) {
      const prefix = [name, conversation];
      await this.deleteListed({ prefix }, anything(name));
    }
  }

  /** Alternatives that follow messages of a branch, behind a number. */
  private async following(conversation: string, fork: number, number: number) {
    const keyOf = (path: Deno.KvKey) =>
      chatKeys.alternative(conversation, fork, Number(path[3]), Number(path[4]));
    const rows = await this.kv.list({
      start: chatKeys.alternative(conversation, fork, number + 1, ROOT).path,
      end: chatKeys.alternative(conversation, fork, Infinity, ROOT).path,
    }, keyOf);
    return rows.map(({ path, value }) => ({
      key: keyOf(path),
      value,
      number: Number(path[3]),
      id: Number(path[4]),
    }));
  }

  private async deleteMessages(conversation: string, branch: number, from: number) {
    const start = keyIn(conversation, branch, from).path;
    const end = keyIn(conversation, branch, Infinity).path;
    await this.deleteListed({ start, end }, anything(String(start[0])));
  }

  private async deleteListed(selector: Deno.KvListSelector, keyOf: ReturnType<typeof anything>) {
    for (;;) {
      const rows = await this.kv.list(selector, (path) => keyOf(...path.slice(1)), {
        limit: BATCH,
      });
      if (rows.length === 0) return;
      await this.transactions.run([], (tx) => {
        for (const { path } of rows) tx.delete(keyOf(...path.slice(1)));
      }, PIECE_WEIGHT);
    }
  }
}

/**
 * Shows another alternative under a number, with its latest continuation; keeps the shown
 * one.
 * Returns false when the alternative does not exist.
 */
export function show(
  tx: Tx,
  headKey: Key<ConversationHead>,
  head: ConversationHead,
  { number, id, now }: { number: number; id: number; now: number },
): boolean {
  const { path = [] } = head;
  const key = alternativeKey(head, number, id);
  const wanted = tx.get(key);
  if (wanted === null) return head.next > number && branchAt(path, number) === id;
  if (head.next > number) {
    tx.set(alternativeKey(head, number, branchAt(path, number)), tailOf(head, number, now));
  }
  tx.delete(key);
  tx.set(headKey, {
    ...head,
    path: withTail(path, number, { branch: id, path: wanted.path }),
    next: wanted.next,
    last: wanted.last,
    // Pages follow turn by turn: a page that misses a number reloads.
    turns: head.turns + 2,
    updatedAt: now,
  });
  return true;
}

/** Key of an alternative under a number of the shown path. */
export function alternativeKey(
  { conversation, path = [] }: Shown,
  number: number,
  id: number,
): Key<Alternative> {
  return chatKeys.alternative(conversation, forkAt(path, number), number, id);
}

function tailOf(
  { path = [], next, last }: ConversationHead,
  number: number,
  at: number,
): Alternative {
  return { at, next, path: tailAt(path, number).path, last };
}

function turnVersions(
  question: Versions | undefined,
  reply: Versions | undefined,
): TurnVersions {
  return { ...(question ? { question } : {}), ...(reply ? { reply } : {}) };
}

/** Keys of a family without validating values: damaged records are deleted as well. */
function anything(name: string) {
  return family<unknown, Deno.KvKeyPart[]>(name, z.unknown());
}

function tooManyBranches(): AppError {
  return new AppError(
    "conflict",
    { code: "conversation.too_many_versions" },
    { retryable: false },
  );
}
