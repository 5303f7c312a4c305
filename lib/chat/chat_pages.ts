import { errorEvent } from "./rules/turn_texts.ts";
import { AppError } from "../platform/errors.ts";
import { HISTORY_MESSAGES, type PromptImage } from "../llm/rules/prompt.ts";
import { renderNamed, renderQuestion } from "./rules/rendered.ts";
import { hasWords } from "../tools/rules/tool_search.ts";
import { systemPromptOf, type Tool, toolView } from "../tools/rules/tool.ts";
import { endCursor, formatCursor, START_CURSOR, type TurnState } from "./rules/turn_events.ts";
import { estimateTokens } from "../llm/tokens.ts";
import { NO_ANSWER } from "../shared/chat_state.ts";
import type {
  ChatView,
  FailureView,
  MessageView,
  RunningView,
  ToolCardView,
  ToolView,
} from "../shared/views/chat_view.ts";
import { usdString } from "../shared/money.ts";
import type { Conversations, NumberedMessage, Page } from "./conversations.ts";
import { chatKeys, type ConversationHead, type Failure, type Message } from "./records.ts";
import { TYPICAL_REPLY } from "./chat.ts";
import { priceAskedFirst } from "./turn/model_order.ts";
import { isTurnId } from "./turn_id.ts";
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
  async tools(search = ""): Promise<{ tools: ToolView[]; total: number }> {
    const { found, total } = await this.found(search);
    return { tools: found.map(toolView), total };
  }

  /** Like tools(), with the opening times of tools whose day is used up. */
  async cards(search: string): Promise<{ tools: ToolCardView[]; total: number }> {
    const { found, total } = await this.found(search);
    const opens = await Promise.all(found.map((tool) => this.limits.opensAt(tool)));
    return {
      tools: found.map((tool, i) => ({
        ...toolView(tool),
        group: tool.group,
        opensAt: opens[i] ?? null,
      })),
      total,
    };
  }

  private async found(search: string): Promise<{ found: Tool[]; total: number }> {
    const active = (await this.deps.store.tools.list()).filter((tool) => tool.active);
    const found = active.filter(({ name, description, group, id }) =>
      hasWords(search, [name, description, group, id])
    );
    return { found, total: active.length };
  }

  /**
   * A visitor's conversation with a tool: its latest page, or the one before a message.
   * @throws {AppError} `missing` when there is no such active tool.
   */
  async chat(visitor: string, toolId: string, before: number | null): Promise<ChatView> {
    const tool = await this.tool(toolId);
    const head = await this.head(visitor, toolId);
    const older = before !== null && head !== null && before < head.next;
    const [page, state] = await Promise.all([
      head === null ? { messages: [], before: null } : this.page(head, older ? before : null),
      head?.running && !older ? this.states.latest(toolId, head) : null,
    ]);
    const messages = page.messages.map((each) => messageView(each));
    await this.markUnanswered(messages, page, head);
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
      tool: toolView(tool),
      messages,
      olderBefore: page.before,
      newerBefore: older && before + PAGE_MESSAGES < head.next ? before + PAGE_MESSAGES : null,
      running: state ? runningView(state) : null,
      failure: messages.at(-1)?.unanswered ? failureView(head?.last?.failure) : null,
      cost,
      opensAt: toolOpens ?? shareOpens,
      shareUsed: toolOpens === null && shareOpens !== null,
      estimate: this.estimate(tool, page.messages),
      cursor: formatCursor(cursorOf(head, state)),
      simulated: this.deps.provider.simulated,
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
   * A picture that a visitor sent.
   * @throws {AppError} `missing` for any other.
   */
  async picture(visitor: string, id: string): Promise<PromptImage> {
    const { media } = this.deps.store;
    const file = await media.ownerOf(id) === visitor ? await media.file(id) : null;
    if (file === null) throw new AppError("missing", { code: "picture.gone" });
    return file;
  }

  /** The whole conversation, oldest first, in batches. */
  async *whole(visitor: string, toolId: string): AsyncGenerator<MessageView[]> {
    const head = await this.deps.store.conversations.head(visitor, toolId);
    if (head === null) return;
    for await (const piece of this.deps.store.conversations.all(head, head.next)) {
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

  private estimate(tool: Tool, messages: readonly NumberedMessage[]): ChatView["estimate"] {
    const price = priceAskedFirst(this.deps, tool);
    const history = messages.slice(-HISTORY_MESSAGES);
    return {
      inputRate: String(price?.input ?? 0n),
      outputRate: String(price?.output ?? 0n),
      promptTokens: estimateTokens(systemPromptOf(tool)) + 7,
      history: history.map(({ message }) => estimateTokens(message.text) + 4),
      from: history[0]?.number ?? 0,
      replyTokens: Math.min(TYPICAL_REPLY, tool.maxTokens),
    };
  }
}

/** Whether a message began a turn; others bypassed the model. */
function wasAsked({ role, turn }: Message): boolean {
  return role === "user" && isTurnId(turn);
}

function cursorOf(head: ConversationHead | null, state: TurnState | null) {
  if (head === null) return START_CURSOR;
  if (state) return endCursor(state);
  const { conversation, turns } = head;
  return { ...START_CURSOR, conversation, turn: turns, ended: head.running === null };
}

function runningView(state: TurnState): RunningView {
  const upTo = state.ends.at(-1) ?? 0;
  return {
    turnId: state.start.turnId,
    seq: state.start.question.seq,
    blocks: [...state.blocks],
    upTo,
    tail: state.text.slice(upTo),
  };
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
      ? renderQuestion(id, text, message.pictures)
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

function failureView(failure: Failure | null | undefined): FailureView {
  if (!failure) return NO_ANSWER;
  const { title, detail, retryable } = errorEvent(failure);
  return { title, detail, retryable };
}
