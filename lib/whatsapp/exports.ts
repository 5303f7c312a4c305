import { createHash } from "node:crypto";
import type { ConversationHead } from "../chat/records.ts";
import { type Phone, phoneKeys } from "./records.ts";
import { messageView } from "../chat/chat_pages.ts";
import type { WhatsAppDeps } from "./deps.ts";
import { exportMarkdown } from "../chat/history/export.ts";
import { visitorOf } from "./people.ts";

const MINUTES = 10;
/** Tools, current and past, whose conversations go into one export. */
const MOST = 1_000;

/** What is kept of people on WhatsApp, for themselves, under an address that is good for a few minutes. */
export class PersonExports {
  constructor(private readonly deps: WhatsAppDeps) {}

  /** Null when nothing is kept, or nobody could open an address of ours. */
  async offer(phone: Phone): Promise<{ address: string; minutes: number } | null> {
    const { store, config, clock } = this.deps;
    const visitor = visitorOf(phone);
    const any = await store.conversations.ofVisitor(visitor, 1);
    if (any.length === 0 || config.PUBLIC_URL === undefined) return null;
    const token = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: "base64url" });
    const until = clock() + MINUTES * 60_000;
    const key = phoneKeys.exportPass(hashOf(token));
    await store.transactions.run([], (tx) => tx.set(key, { visitor, until }));
    return { address: `${config.PUBLIC_URL}/export?pass=${token}`, minutes: MINUTES };
  }

  /** Whose data an address opens; null when it opens nothing (any more). */
  async visitor(token: string): Promise<string | null> {
    const { store, clock } = this.deps;
    const { value } = await store.kv.get(phoneKeys.exportPass(hashOf(token)));
    return value !== null && value.until > clock() ? value.visitor : null;
  }

  /** All conversations as Markdown, piece by piece. */
  async *read(visitor: string): AsyncGenerator<string> {
    const { store, clock } = this.deps;
    const { conversations } = store;
    const all = await conversations.ofVisitor(visitor, MOST);
    for (const id of new Set(all.map(({ tool }) => tool))) {
      const name = (await store.tools.get(id))?.name ?? id;
      const current = await conversations.head(visitor, id);
      const past = (await conversations.archived(visitor, id)).map(({ head }) => head);
      for (const head of [...past.reverse(), ...(current ? [current] : [])]) {
        yield* exportMarkdown({ id, name }, new Date(clock()), this.pieces(head));
        yield "\n\n";
      }
    }
  }

  private async *pieces(head: ConversationHead) {
    for await (const piece of this.deps.store.conversations.all(head, head.next)) {
      yield piece.map((each) => messageView(each, "named"));
    }
  }
}

/** The store knows the hash only, so that what it holds opens nothing. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
