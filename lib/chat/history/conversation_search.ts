import { chatKeys, type Terms } from "../records.ts";
import { titleInAnyLanguage } from "../../locales/own/sent_pictures.ts";
import { IdleMap } from "../../platform/idle_map.ts";
import type { Conversations } from "../conversations.ts";
import { hasTerms, joinTerms, queryTerms, searchTerms } from "../rules/search_terms.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import type {
  ListedConversation,
  OwnConversations,
  WholeConversation,
} from "./own_conversations.ts";

interface Needs {
  store: { kv: Kv; conversations: Conversations; transactions: Transactions };
}

/** Bytes of a conversation's words; Deno KV takes 64 KiB a value. */
const MOST_BYTES = 60_000;
/** Most results of a search. */
const MOST_FOUND = 100;

/** Texts in memory, and their most UTF-16 units each: some 16 MiB in all. */
const MOST_KEPT = 4_000;
const LONGEST_KEPT = 4_000;

/**
 * Search in a visitor's conversations by their term lists. A list is made when a search first
 * needs it, and again when the conversation has gone on; turns do nothing for it. Those of recent
 * searches stay in memory, as people search while they type.
 */
export class ConversationSearch {
  /** Words and title of conversations as they were listed. */
  private readonly kept = new IdleMap<string, string>(MOST_KEPT);
  /** Counts deletions: what was read before one is not cached after it. */
  private deletions = 0;

  constructor(private readonly deps: Needs, private readonly list: OwnConversations) {
    deps.store.kv.onSwitch(() => this.kept.clear());
    deps.store.kv.onAge(() => this.kept.age());
  }

  /** Drops the words of a deleted conversation. */
  forget({ conversation }: { conversation: string }): void {
    this.deletions++;
    this.kept.deleteWhere((key) => key.startsWith(`${conversation} `));
  }

  /** The conversations that have all words of a query, also as beginnings; the latest first. */
  async find(
    visitor: string,
    query: string,
    hidden?: ReadonlySet<string>,
  ): Promise<ListedConversation[]> {
    const wanted = queryTerms(query);
    const found: ListedConversation[] = [];
    if (wanted.length === 0) return found;
    for await (const listed of this.list.pages(visitor, hidden)) {
      const texts = await this.textsOf(visitor, listed);
      for (const [i, each] of listed.entries()) {
        if (hasTerms(texts[i] ?? "", wanted)) found.push(each);
        if (found.length === MOST_FOUND) return found;
      }
    }
    return found;
  }

  /** The searched text of each conversation; empty where it was deleted meanwhile. */
  private async textsOf(
    visitor: string,
    listed: readonly ListedConversation[],
  ): Promise<string[]> {
    const texts = listed.map((each) => this.kept.get(stateOf(each)));
    const missing = listed.filter((_, i) => texts[i] === undefined);
    if (missing.length === 0) return texts.map((text) => text ?? "");
    const { deletions } = this;
    const conversations = await this.list.whole(visitor, missing);
    const known = await this.deps.store.kv.getMany(
      conversations.map(({ head }) => chatKeys.terms(head.conversation)),
    );
    const read = new Map<string, string>();
    for (const [i, each] of conversations.entries()) {
      const words = await this.wordsOf(visitor, each, known[i]?.value ?? null);
      const text = words + joinTerms(searchTerms(titleInAnyLanguage(each.title)), MOST_BYTES);
      read.set(each.conversation, text);
      if (text.length <= LONGEST_KEPT && deletions === this.deletions) {
        this.kept.set(stateOf(each), text);
      }
    }
    return listed.map(({ conversation }, i) => texts[i] ?? read.get(conversation) ?? "");
  }

  private async wordsOf(
    visitor: string,
    { tool, head }: WholeConversation,
    known: Terms | null,
  ): Promise<string> {
    const { turns, next, conversation } = head;
    if (known?.turns === turns && known.next === next) return known.words;
    const terms = new Set<string>();
    for await (const piece of this.deps.store.conversations.all(head, next)) {
      for (const { message } of piece) {
        for (const term of searchTerms(message.text)) terms.add(term);
      }
    }
    const words = joinTerms(terms, MOST_BYTES);
    const headKey = chatKeys.head(visitor, tool);
    const archiveKey = chatKeys.archive(visitor, tool, conversation);
    await this.deps.store.transactions.run([headKey, archiveKey], (tx) => {
      // Nothing is kept of a conversation that was deleted meanwhile.
      const stands = tx.get(headKey)?.conversation === conversation || tx.get(archiveKey) !== null;
      if (stands) tx.set(chatKeys.terms(conversation), { turns, next, words });
    }, 3_000 + words.length);
    return words;
  }
}

/** Changes with whatever changes the searched text. */
function stateOf({ conversation, at, messages, title }: ListedConversation): string {
  return `${conversation} ${at} ${messages} ${title}`;
}
