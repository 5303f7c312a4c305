import { failureView } from "./rules/turn_texts.ts";
import { AppError } from "../platform/errors.ts";
import { HISTORY_MESSAGES, type PromptImage } from "../llm/rules/prompt.ts";
import { runningView } from "./rules/running_view.ts";
import { renderNamed, renderQuestion } from "./rules/rendered.ts";
import { hasWords } from "../tools/rules/tool_search.ts";
import { localGroups, localTool, toolCard, toolView } from "../tools/rules/local_texts.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { Language } from "../shared/languages.ts";
import { endCursor, formatCursor, START_CURSOR, type TurnState } from "./rules/turn_events.ts";
import type { ChatView, MessageView, ToolCardView } from "../shared/views/chat_view.ts";
import { usdString } from "../shared/money.ts";
import type { Alternatives } from "./alternatives.ts";
import type { Conversations, NumberedMessage, Page } from "./conversations.ts";
import { chatKeys, type ConversationHead, type Message } from "./records.ts";
import { isTurnId } from "./turn_id.ts";
import { nextEstimate, seesPictures } from "./next_estimate.ts";
import { DayLimits } from "./day_limits.ts";
import type { TurnStates } from "./turn/turn_states.ts";
import type { Provider } from "../llm/provider.ts";
import type { BreakerStates } from "../llm/breaker.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Config } from "../config.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Transactions } from "../store/transactions.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Media } from "../media/stored_media.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface RatingsOfReplies {
  of(
    conversation: string,
    messages: readonly string[],
  ): Promise<({ verdict: "up" | "down" } | null)[]>;
}

interface Needs {
  store: {
    tools: Tools;
    alternatives: Alternatives;
    conversations: Conversations;
    transactions: Transactions;
    processes: ProcessRegistry;
    media: Media;
    settings: StoredSettings;
    ratings: RatingsOfReplies;
  };
  provider: Provider;
  catalogue: ModelCatalogue;
  breakers: BreakerStates;
  firstProvider: string;
  config: Config;
  calendar: Calendar;
  clock: Clock;
}

export const PAGE_MESSAGES = 20;

/** View models of the chat pages. */
export class ChatPages {
  private readonly limits: DayLimits;

  constructor(private readonly deps: Needs, private readonly states: TurnStates) {
    this.limits = new DayLimits(deps, states);
  }

  /** The active tools in order; with a search, the first matches. */
  async tools(search = "", language: Language | null = null) {
    const { found, total } = await this.found(search, language);
    return { tools: found.map((tool) => toolView(tool, language)), total };
  }

  /** Like tools(), with the opening times of tools whose day is used up. */
  async cards(search: string, language: Language | null = null) {
    const { found, total, groups } = await this.found(search, language);
    const opens = await Promise.all(found.map((tool) => this.limits.opensAt(tool)));
    return {
      tools: found.map((tool, i): ToolCardView => ({
        ...toolCard(tool, language, groups),
        opensAt: opens[i] ?? null,
      })),
      total,
    };
  }

  private async found(search: string, language: Language | null) {
    const active = (await this.deps.store.tools.list()).filter((tool) => tool.active);
    const groups = localGroups(active, language);
    const found = active.filter((tool) => {
      const { name, description, group, id, mainName } = localTool(tool, language);
      const heading = groups.get(tool.group.toLowerCase()) ?? group;
      return hasWords(search, [name, description, heading, group, id, mainName]);
    });
    return { found, total: active.length, groups };
  }

  /**
   * A visitor's conversation with a tool: its latest page, or the one before a message. The tool's
   * texts are in the reader's language where it has them.
   * @throws {AppError} `missing` when there is no such active tool.
   */
  async chat(
    visitor: string,
    toolId: string,
    before: number | null,
    language: Language | null = null,
  ): Promise<ChatView> {
    const tool = await this.tool(toolId);
    const head = await this.head(visitor, toolId);
    const older = before !== null && head !== null && before < head.next;
    const [page, state] = await Promise.all([
      head === null ? { messages: [], before: null } : this.page(head, older ? before : null),
      head?.running && !older ? this.states.latest(toolId, head) : null,
    ]);
    const messages = page.messages.map((each) => messageView(each));
    await this.markUnanswered(messages, page, head);
    if (head?.branches) await this.deps.store.alternatives.addTo(messages, head);
    if (head?.rated) await this.addRatings(head.conversation, messages);
    const latest = older ? undefined : page.messages.at(-1)?.message;
    const said = page.messages.slice(-HISTORY_MESSAGES).map(({ message }) => message);
    const [cost, toolOpens, shareOpens] = await Promise.all([
      this.states.costAfter(toolId, head, latest ?? null),
      older ? null : this.limits.opensAt(tool, said),
      // A new visitor is told with the first message.
      older || head === null ? null : this.limits.shareOpensAt(visitor, tool, said),
    ]);
    return {
      tool: toolView(tool, language),
      messages,
      olderBefore: page.before,
      newerBefore: older && before + PAGE_MESSAGES < head.next ? before + PAGE_MESSAGES : null,
      running: state ? runningView(state) : null,
      failure: messages.at(-1)?.unanswered ? failureView(head?.last?.failure, language) : null,
      cost,
      opensAt: toolOpens ?? shareOpens,
      shareUsed: toolOpens === null && shareOpens !== null,
      estimate: nextEstimate(this.deps, tool, page.messages),
      cursor: formatCursor(cursorOf(head, state)),
      request: (head?.running ?? head?.last)?.request,
      simulated: this.deps.provider.simulated,
      sees: seesPictures(this.deps, tool),
      unseen: !older && head?.unseen === true,
    };
  }

  /** Marks questions that got no reply from the model. */
  private async markUnanswered(
    views: MessageView[],
    { messages }: Page,
    head: ConversationHead | null,
  ): Promise<void> {
    for (const [i, { message, number }] of messages.entries()) {
      const view = views[i];
      if (!view || !wasAsked(message)) continue;
      // The last message of an older page may have its reply on the next page.
      const next = i + 1 < messages.length || head === null || number + 1 >= head.next
        ? messages[i + 1]?.message ?? null
        : await this.deps.store.conversations.message(head, number + 1);
      const running = head?.running?.question === number;
      if (!running && next?.role !== "assistant") view.unanswered = true;
    }
  }

  /**
   * The current head: from the cache while this process is alone on the store. A new process
   * is noticed within two seconds.
   */
  private async head(visitor: string, toolId: string): Promise<ConversationHead | null> {
    const { transactions, conversations, processes } = this.deps.store;
    if (!processes.isOnlyProcess) return await conversations.head(visitor, toolId);
    return await transactions.read(chatKeys.head(visitor, toolId));
  }

  /** Adds the visitor's ratings; read only for conversations with any. */
  private async addRatings(conversation: string, messages: MessageView[]): Promise<void> {
    const replies = messages.filter(({ reply }) => reply !== null);
    const ratings = await this.deps.store.ratings.of(conversation, replies.map(({ id }) => id));
    for (const [i, { reply }] of replies.entries()) {
      const verdict = ratings[i]?.verdict;
      if (reply && verdict) reply.rating = verdict;
    }
  }

  /** Source text of one question, for editing. */
  async question(visitor: string, toolId: string, seq: number): Promise<string | null> {
    const head = await this.deps.store.conversations.head(visitor, toolId);
    if (head === null || seq >= head.next) return null;
    const message = await this.deps.store.conversations.message(head, seq);
    return message?.role === "user" ? message.text : null;
  }

  /**
   * A picture that a visitor sent, or a recording that was kept.
   * @throws {AppError} `missing` for any other.
   */
  async picture(visitor: string, id: string): Promise<PromptImage> {
    const { media } = this.deps.store;
    const file = await media.ownerOf(id) === visitor ? await media.file(id) : null;
    if (file === null) throw new AppError("missing", { code: "picture.gone" });
    return file;
  }

  /** A whole conversation, by default the current one, oldest first, in batches. */
  async *whole(visitor: string, toolId: string, id?: string): AsyncGenerator<MessageView[]> {
    const { conversations } = this.deps.store;
    const head = id === undefined
      ? await conversations.head(visitor, toolId)
      : await conversations.find(visitor, toolId, id);
    if (head === null) return;
    for await (const piece of conversations.all(head, head.next)) {
      yield piece.map((each) => messageView(each));
    }
  }

  /**
   * An active tool.
   * @throws {AppError} `missing`
   */
  async tool(id: string): Promise<Tool> {
    const tool = await this.deps.store.tools.get(id);
    if (!tool?.active) throw new AppError("missing", { code: "tool.gone" });
    return tool;
  }

  private page(head: ConversationHead, before: number | null): Promise<Page> {
    const { conversations } = this.deps.store;
    return before === null && head.running === null && head.last !== null
      ? conversations.lastPage(head, PAGE_MESSAGES)
      : conversations.page(head, before ?? head.next, PAGE_MESSAGES);
  }
}

/** Whether a message began a turn; others bypassed the model. */
function wasAsked({ role, turn }: Message): boolean {
  return role === "user" && isTurnId(turn);
}

/** Where events continue after a page: an end that it does not show is still to come. */
function cursorOf(head: ConversationHead | null, state: TurnState | null) {
  if (head === null) return START_CURSOR;
  // The turn may have ended since it was looked up; the page shows it as under way.
  if (state) return { ...endCursor(state), ended: false };
  const { conversation, turns, running } = head;
  // A turn that ended or changed its process meanwhile is told from its start.
  return { ...START_CURSOR, conversation, turn: running === null ? turns : turns - 1 };
}

/** View of a message; its pictures for the sender only, others get their number. */
export function messageView(
  { number, message }: NumberedMessage,
  pictures: "shown" | "named" = "shown",
): MessageView {
  const { id, text } = message;
  const view: MessageView = {
    id: message.id,
    seq: number,
    role: message.role,
    html: pictures === "shown"
      ? renderQuestion(id, message)
      : renderNamed(id, text, message.pictures?.length ?? 0),
    text: message.text,
    at: message.at,
    reply: null,
  };
  if (message.pictures) view.pictures = message.pictures.length;
  if (message.channel !== "web") view.channel = message.channel;
  if (message.reply) {
    const { model, cost, reason, insteadOf } = message.reply;
    const { usd, basis, simulated } = cost;
    view.reply = { model, usd: usdString(usd), basis, simulated, reason };
    if (insteadOf) view.reply.otherModel = true;
  }
  return view;
}
