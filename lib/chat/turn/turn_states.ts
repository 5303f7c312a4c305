import type { StoredSettings } from "../../settings/stored_settings.ts";
import { toolCeiling } from "../../metering/budgets_in_force.ts";
import { BlockStream } from "../../markdown/blocks/blocks.ts";
import type { TurnState } from "../rules/turn_events.ts";
import { errorEvent, noticeEvent, WITHDRAWN } from "../rules/turn_texts.ts";
import { renderMessage } from "../rules/rendered.ts";
import type { CostEvent, TurnVersions } from "../../shared/chat_events.ts";
import { costLevel, usdString } from "../../shared/money.ts";
import { chatKeys, type ConversationHead, type Message } from "../records.ts";
import type { Running } from "../../metering/call_records.ts";
import type { BudgetWindow } from "../../metering/rules/budget.ts";
import { type BoundScope, meteringKeys } from "../../metering/records.ts";
import { startEvent } from "./turn_start.ts";
import { countedOf, EMPTY_DAY, type Ledger, monthOf } from "../../metering/ledger.ts";
import type { Replies } from "./replies.ts";
import type { Provider } from "../../llm/provider.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Kv } from "../../store/kv.ts";
import type { Alternatives } from "../alternatives.ts";
import type { Conversations } from "../conversations.ts";
import type { Tools } from "../../tools/stored_tools.ts";

interface Needs {
  store: {
    kv: Kv;
    alternatives: Alternatives;
    conversations: Conversations;
    tools: Tools;
    ledger: Ledger;
    settings: StoredSettings;
  };
  provider: Provider;
  calendar: Calendar;
  clock: Clock;
}

const TODAY_MS = 250;

/** State of a conversation's latest turn, in any process. */
export class TurnStates {
  private readonly todays = new Map<string, { at: number; spent: Promise<bigint> }>();

  constructor(private readonly deps: Needs, private readonly replies: Replies) {}

  /** Null when there is no turn yet, or when it just changed its process: ask again. */
  async latest(tool: string, head: ConversationHead): Promise<TurnState | null> {
    if (head.running) {
      const live = this.replies.live(head.running.turn);
      if (live) return live;
      return await this.elsewhere(head, head.running);
    }
    return head.last === null ? null : await this.over(tool, head, head.last);
  }

  /** State of another process's turn, by its stored text. */
  private async elsewhere(
    head: ConversationHead,
    pointer: NonNullable<ConversationHead["running"]>,
  ): Promise<TurnState | null> {
    const { kv, conversations } = this.deps.store;
    const [running, progress, question, versions] = await Promise.all([
      kv.get(meteringKeys.running(pointer.process, pointer.turn)),
      kv.get(chatKeys.progress(pointer.turn)),
      conversations.message(head, pointer.question),
      this.deps.store.alternatives.ofTurn(head, pointer.question),
    ]);
    if (running.value?.kind !== "turn" || question === null) return null;
    const text = progress.value?.text ?? "";
    return { ...stateOf(running.value, question, versions, text, false), closing: [] };
  }

  /** State of a turn that is over, by its messages. */
  private async over(
    tool: string,
    head: ConversationHead,
    last: NonNullable<ConversationHead["last"]>,
  ): Promise<TurnState | null> {
    const { conversations } = this.deps.store;
    const [question, reply, versions] = await Promise.all([
      conversations.message(head, last.question),
      last.replied ? conversations.message(head, last.question + 1) : null,
      this.deps.store.alternatives.ofTurn(head, last.question),
    ]);
    const cost = await this.costAfter(tool, head, reply);
    if (question === null) return null;
    const ran = {
      turn: last.turn,
      conversation: head.conversation,
      number: head.turns,
      question: last.question,
      model: reply?.reply?.model ?? "",
      variant: null,
      estimate: reply?.reply?.estimate ?? 0n,
      channel: question.channel,
      simulated: reply?.reply?.cost.simulated ?? this.deps.provider.simulated,
      notices: last.notices,
    };
    const state = stateOf(ran, question, versions, reply?.text ?? "", true);
    return {
      ...state,
      withdrawn: last.failure?.code === WITHDRAWN ? WITHDRAWN : null,
      closing: [
        cost,
        last.failure ? errorEvent(last.failure) : {
          type: "done",
          messageId: `${last.turn}a`,
          seq: last.question + 1,
          at: reply?.at ?? question.at,
          html: reply ? renderMessage(reply.id, reply.text) : "",
          reason: reply?.reply?.reason ?? "interrupted",
        },
      ],
    };
  }

  /** Current figures of the cost meter. */
  async cost(tool: string, head: ConversationHead | null): Promise<CostEvent> {
    const replied = head?.last?.replied && !head.running;
    const last = head && replied
      ? await this.deps.store.conversations.message(head, head.next - 1)
      : null;
    return await this.costAfter(tool, head, last);
  }

  /** Like cost(), given the latest reply. */
  async costAfter(
    tool: string,
    head: ConversationHead | null,
    last: Message | null,
  ): Promise<CostEvent> {
    const { store, provider } = this.deps;
    const [toolToday, stored] = await Promise.all([this.today(tool), store.tools.get(tool)]);
    const ceiling = toolCeiling(this.deps, { ceiling: stored?.ceiling ?? null });
    const session = head?.spent ?? 0n;
    return {
      type: "cost",
      turn: "0.00",
      session: usdString(session),
      toolToday,
      ceiling: ceiling === null ? null : usdString(ceiling),
      level: costLevel(session),
      basis: "reported",
      simulated: provider.simulated,
      ...costOfReply(last),
    };
  }

  /** The tool's cost of today, in USD. */
  async today(tool: string): Promise<string> {
    return usdString(await this.spentToday("tool", tool));
  }

  /** Cost of today, in nano-dollars; read at most a few times a second, for all callers. */
  spentToday(scope: BoundScope, name: string): Promise<bigint> {
    return this.spentIn("day", scope, name);
  }

  /** Cost of the current day or month, like {@link spentToday}. */
  spentIn(window: BudgetWindow, scope: BoundScope, name: string): Promise<bigint> {
    const { store, calendar, clock } = this.deps;
    const now = clock();
    const id = `${window} ${scope} ${name}`;
    let known = this.todays.get(id);
    if (!known || now - known.at > TODAY_MS) {
      const day = calendar.dayOf(now);
      const total = window === "day"
        ? store.ledger.shown(scope, name, [day]).then(([only]) => only)
        : store.ledger.month(scope, name, monthOf(day));
      const spent = total.then((sums) => countedOf(sums ?? EMPTY_DAY));
      this.todays.set(id, known = { at: now, spent });
      spent.catch(() => this.todays.delete(id));
    }
    return known.spent;
  }
}

type Ran =
  & Pick<
    Running,
    | "turn"
    | "conversation"
    | "number"
    | "question"
    | "model"
    | "variant"
    | "estimate"
    | "channel"
    | "simulated"
    | "notices"
  >
  & object;

function stateOf(
  ran: Ran,
  question: Message,
  versions: TurnVersions,
  text: string,
  complete: boolean,
) {
  const stream = new BlockStream();
  const blocks = stream.push(text);
  const ends = blocks.map(() => stream.upTo);
  if (complete) {
    const rest = stream.end();
    blocks.push(...rest);
    ends.push(...rest.map(() => stream.upTo));
  }
  return {
    conversation: ran.conversation,
    turn: ran.number,
    start: startEvent(ran, question, versions),
    text,
    blocks,
    ends,
    notices: ran.notices.map(noticeEvent),
  };
}

function costOfReply(message: Message | null) {
  if (!message?.reply) return {};
  const { usd, basis, simulated } = message.reply.cost;
  return { turn: usdString(usd), basis, simulated };
}
