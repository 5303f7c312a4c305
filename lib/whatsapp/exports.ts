import { createHash } from "node:crypto";
import type { ConversationHead } from "../chat/records.ts";
import { type Phone, phoneKeys } from "./records.ts";
import { messageView } from "../chat/chat_pages.ts";
import type { WhatsAppDeps } from "./deps.ts";
import { exportMarkdown } from "../chat/history/export.ts";
import type { Language } from "../shared/languages.ts";
import type { ReachedGoals } from "../experiments/counts/goals.ts";
import { visitorOf } from "./people.ts";

const MINUTES = 10;
/** Conversations, by tool, in one export. */
const MAX_CONVERSATIONS = 1_000;

/** Exports of a person's own data under a URL that expires after {@link MINUTES}. */
export class PersonExports {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly goals: Pick<ReachedGoals, "note">,
  ) {}

  /** Creates a URL; null without conversations or without PUBLIC_URL. */
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

  /** The visitor of a token; null if unknown or expired. */
  async visitor(token: string): Promise<string | null> {
    const { store, clock } = this.deps;
    const { value } = await store.kv.get(phoneKeys.exportPass(hashOf(token)));
    return value !== null && value.until > clock() ? value.visitor : null;
  }

  /** All conversations as Markdown, streamed; `language` is that of the reader. */
  async *read(visitor: string, language: Language = "en"): AsyncGenerator<string> {
    const { store, clock } = this.deps;
    const { conversations } = store;
    const all = await conversations.ofVisitor(visitor, MAX_CONVERSATIONS);
    for (const id of new Set(all.map(({ tool }) => tool))) {
      this.goals.note(visitor, id, "export");
      const name = (await store.tools.get(id))?.name ?? id;
      const current = await conversations.head(visitor, id);
      const past = (await conversations.archived(visitor, id)).map(({ head }) => head);
      for (const head of [...past.reverse(), ...(current ? [current] : [])]) {
        yield* exportMarkdown({ id, name }, new Date(clock()), this.pieces(head), { language });
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

/** Only the hash is stored, so that a copy of the store opens nothing. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
