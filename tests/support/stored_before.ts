import type { MessageView } from "@/lib/shared/views/chat_view.ts";
import type { ReviewedMessage, ReviewRow } from "@/lib/shared/views/review_view.ts";

/** Records of the previous version's store, and what it showed of them. */
const FOLDER = new URL("../fixtures/version_2/", import.meta.url);

/** A visitor's conversation with a tool, as the previous version showed it. */
export interface ShownConversation {
  visitor: string;
  tool: string;
  /** Null where the tool is not offered. */
  messages: MessageView[] | null;
  cost: { session: string; turn: string } | null;
  failed: boolean;
  archived: { title: string; id: string; next: number; spent: string }[];
  /** As Markdown. */
  exported: string;
}

/** The previous version's views of its records. */
export interface Shown {
  /** When its process ended. */
  at: number;
  /** Cookie of a visitor who has a conversation over HTTP. */
  cookie: string;
  conversations: ShownConversation[];
  reviewed: {
    id: string;
    row: ReviewRow;
    messages: ReviewedMessage[];
    replaced: { up: number; down: number };
    hidden: number;
    /** As JSON. */
    exported: string;
  }[];
  rated: unknown[];
  ledger: { entries: number; totals: number };
  tools: { id: string; name: string; version: number; active: boolean }[];
  bin: string[];
  /** Number and cause, latest first. */
  versions: [number, string][];
  settings: Record<string, unknown>;
  prices: string[];
  alerts: number;
  pictures: string[];
  phones: string[];
  /** Orphans of its process. */
  left: {
    /** The owner of replies under way. */
    web: { visitor: string; tool: string };
    phone: { visitor: string; tool: string; number: string; question: number };
    /** A phone with a waiting message. */
    waiting: string;
  };
}

export async function shownBefore(): Promise<Shown> {
  const shown: Shown = JSON.parse(await unpacked("shown.json.gz"), revive);
  return shown;
}

/** Writes the previous version's records into a new store's file. */
export async function storeOfBefore(path: string): Promise<void> {
  const lines = (await unpacked("store.jsonl.gz")).trimEnd().split("\n");
  using kv = await Deno.openKv(path);
  for (let from = 0; from < lines.length; from += 50) {
    const operation = kv.atomic();
    for (const line of lines.slice(from, from + 50)) {
      const [key, value]: [Deno.KvKey, unknown] = JSON.parse(line, revive);
      operation.set(key, value);
    }
    await operation.commit();
  }
}

async function unpacked(name: string): Promise<string> {
  using file = await Deno.open(new URL(name, FOLDER));
  return await new Response(file.readable.pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Restores bigint and bytes from `{"$bigint": "1"}` and `{"$bytes": base64}`. */
function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$bigint" in value) return BigInt(String(value.$bigint));
  if ("$bytes" in value) return Uint8Array.fromBase64(String(value.$bytes));
  return value;
}
