import { type Archived, type ArchiveLine, chatKeys } from "../records.ts";
import type { Kv } from "../../store/kv.ts";
import { writeSafely } from "../../store/migrations.ts";
import type { Tx } from "../../store/transactions.ts";

/** Writes an archived conversation, and its place in the order of last activity. */
export function setArchive(tx: Tx, visitor: string, tool: string, entry: Archived): void {
  const { conversation, updatedAt } = entry.head;
  tx.set(chatKeys.archive(visitor, tool, conversation), entry);
  tx.set(chatKeys.archiveIndex(visitor, updatedAt, conversation), lineOf(tool, entry));
  revise(tx, visitor);
}

/** Tells the processes that their lists of a visitor's archive are out of date. */
function revise(tx: Tx, visitor: string): void {
  tx.set(chatKeys.archiveRevision(visitor), crypto.randomUUID());
}

function lineOf(tool: string, { title, head }: Archived): ArchiveLine {
  return { tool, title, messages: head.next };
}

export function deleteArchive(tx: Tx, visitor: string, tool: string, { head }: Archived): void {
  const { conversation, updatedAt } = head;
  tx.delete(chatKeys.archive(visitor, tool, conversation));
  tx.delete(chatKeys.archiveIndex(visitor, updatedAt, conversation));
  revise(tx, visitor);
}

/** Migration: the order of the conversations that were archived before there was one. */
export async function indexArchives(kv: Kv): Promise<void> {
  const archives = kv.pieces(
    ["archive"],
    ([, visitor, tool, id]) => chatKeys.archive(String(visitor), String(tool), String(id)),
  );
  for await (const piece of archives) {
    for (const { path: [, visitor, tool], value } of piece) {
      const { head } = value;
      const key = chatKeys.archiveIndex(String(visitor), head.updatedAt, head.conversation);
      await writeSafely(kv, key, lineOf(String(tool), value));
    }
  }
}
