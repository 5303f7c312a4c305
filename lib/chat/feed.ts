import {
  type Cursor,
  type EmittedEvent,
  eventsSince,
  type TurnState,
} from "./rules/turn_events.ts";
import type { CostEvent } from "../shared/chat_events.ts";
import type { ConversationHead } from "./records.ts";
import { conversationSubject, type EventBus } from "../platform/event_bus.ts";
import type { Conversations } from "./conversations.ts";
import type { LiveTurn } from "./turn/live_turn.ts";
import type { TurnStates } from "./turn/turn_states.ts";

/** Pull-based event stream; `take()` returns the events since the last call. */
export interface Feed {
  take(): EmittedEvent[];
  /** True when no more events will come. */
  readonly ended: boolean;
  close(): void;
}

/** Follows one turn of this process to its end. */
export class TurnFeed implements Feed {
  private readonly unwatch: () => void;

  constructor(private readonly turn: LiveTurn, private cursor: Cursor, wake: () => void) {
    this.unwatch = turn.watch(wake);
  }

  take(): EmittedEvent[] {
    const { events, cursor } = eventsSince(this.turn, this.cursor);
    this.cursor = cursor;
    return events;
  }

  get ended(): boolean {
    return this.cursor.ended && this.cursor.turn === this.turn.turn;
  }

  close(): void {
    this.unwatch();
  }
}

const ENDINGS = new Set(["done", "error", "reload"]);

/** Polling interval for turns of other processes, and for idle conversations, in ms. */
const ELSEWHERE_MS = 700;
const IDLE_MS = 1_500;
/** Shortest time between two events that only change the cost meter, in ms. */
const SPENDING_MS = 300;

/** Subject and starting point of a feed. */
export interface FeedRequest {
  visitor: string;
  tool: string;
  cursor: Cursor;
  /** Follows this turn only, from its beginning; it may be over. */
  only?: string;
}

export interface FeedDeps {
  store: { conversations: Conversations; processes: { readonly isOnlyProcess: boolean } };
  states: TurnStates;
  bus: EventBus;
  history: { markSeen(visitor: string, tool: string): Promise<void> };
}

/**
 * Follows a conversation across turns of any process.
 * At once for this one, within about a second for others.
 */
export class ConversationFeed implements Feed {
  readonly ended = false;
  private readonly visitor: string;
  private readonly tool: string;
  private readonly only: string | null;
  private cursor: Cursor;
  private state: TurnState | null = null;
  private extra: EmittedEvent[] = [];
  private unwatch: (() => void) | null = null;
  private readonly unlisten: (() => void)[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private polling = false;
  private again = false;
  private closed = false;
  private gone = false;
  private spendingTimer: ReturnType<typeof setTimeout> | undefined;
  /** The last cost event, with the tool's day in it. */
  private cost: CostEvent | null = null;
  private lastToolToday: string | null = null;

  constructor(
    private readonly deps: FeedDeps,
    { visitor, tool, cursor, only }: FeedRequest,
    private readonly wake: () => void,
  ) {
    this.visitor = visitor;
    this.tool = tool;
    this.cursor = cursor;
    this.only = only ?? null;
    const { bus } = deps;
    const subject = conversationSubject({ visitor, tool });
    const poll = () => void this.poll();
    this.unlisten = [
      bus.subscribeTo("TurnBegan", subject, poll),
      bus.subscribeTo("TurnSettled", subject, poll),
      bus.subscribeTo("ConversationChanged", subject, poll),
      bus.subscribeTo("SpendingChanged", tool, () => this.spendingChanged()),
    ];
    void this.poll();
  }

  take(): EmittedEvent[] {
    const events = this.extra;
    this.extra = [];
    if (this.state) {
      const since = eventsSince(this.state, this.cursor);
      events.push(...since.events);
      this.cursor = since.cursor;
      for (const { event } of since.events) {
        if (event.type === "cost") [this.cost, this.lastToolToday] = [event, event.toolToday];
      }
      if (this.cursor.ended) this.forget();
    }
    return events;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.spendingTimer);
    for (const end of this.unlisten) end();
    this.forget();
  }

  private forget(): void {
    this.unwatch?.();
    this.unwatch = null;
    this.state = null;
  }

  /** Reads the conversation's state. Calls during a run are merged into one more run. */
  private async poll(): Promise<void> {
    if (this.gone) return;
    if (this.polling) {
      this.again = true;
      return;
    }
    this.polling = true;
    clearTimeout(this.timer);
    let failed: boolean;
    do {
      this.again = failed = false;
      try {
        await this.pollOnce();
      } catch {
        // The store is slow or away: poll again later.
        failed = true;
      }
    } while (this.again && !this.closed);
    this.polling = false;
    if (this.closed) return;
    this.wake();
    if (this.gone) return;
    const remote = this.state !== null && this.unwatch === null;
    // A process alone on the store need not poll: only it changes the conversation.
    this.timer = setTimeout(
      () => this.isOnlyProcess && !remote && !failed ? this.rest() : void this.poll(),
      remote ? ELSEWHERE_MS : IDLE_MS,
    );
  }

  private get isOnlyProcess(): boolean {
    return this.deps.store.processes.isOnlyProcess;
  }

  private rest(): void {
    this.timer = setTimeout(() => this.isOnlyProcess ? this.rest() : void this.poll(), IDLE_MS);
  }

  private async pollOnce(): Promise<void> {
    const head = await this.deps.store.conversations.head(this.visitor, this.tool);
    if (this.closed) return;
    // The reply ended in another process, or while this page was away.
    if (head?.unseen) await this.deps.history.markSeen(this.visitor, this.tool);
    if (this.closed) return;
    // The followed turn's last events are still to be taken, whatever has begun since.
    const known = this.unwatch !== null || (this.state?.closing.length ?? 0) > 0;
    if (this.only !== null && known) return;
    if (!this.follows(head)) {
      if (this.only === null && head === null && this.cursor.conversation === "") return;
      this.end();
      return;
    }
    if (head === null || (this.cursor.turn === head.turns && this.cursor.ended)) {
      return;
    }
    const state = await this.deps.states.latest(this.tool, head);
    if (this.closed) return;
    // Without its question the turn has no events.
    if (state === null && this.only !== null && head.running === null) this.end();
    if (state === null || state === this.state) return;
    this.unwatch?.();
    this.state = state;
    this.unwatch = isLive(state) ? state.watch(this.wake) : null;
  }

  /** Ends the feed: only the whole conversation shows what has happened. */
  private end(): void {
    this.gone = true;
    this.extra.push({ event: { type: "reload" }, id: null });
  }

  /** Whether events can lead from the cursor to the conversation's present state. */
  private follows(head: ConversationHead | null): boolean {
    if (head === null) return false;
    if (this.only !== null) return (head.running ?? head.last)?.turn === this.only;
    const next = this.cursor.ended && head.turns === this.cursor.turn + 1;
    if (next && saidAside(head)) return false;
    if (this.cursor.conversation === "") return head.turns <= 1;
    return head.conversation === this.cursor.conversation &&
      (next || head.turns === this.cursor.turn);
  }

  /** Schedules a cost event; many changes make one event. */
  private spendingChanged(): void {
    this.spendingTimer ??= setTimeout(() => {
      this.spendingTimer = undefined;
      void this.tellSpending();
    }, SPENDING_MS);
  }

  private async tellSpending(): Promise<void> {
    if (this.closed || this.state !== null) return;
    try {
      const toolToday = await this.deps.states.today(this.tool);
      this.cost ??= await this.deps.states.cost(
        this.tool,
        await this.deps.store.conversations.head(this.visitor, this.tool),
      );
      if (this.closed || this.state !== null || toolToday === this.lastToolToday) return;
      const first = this.lastToolToday === null;
      this.lastToolToday = toolToday;
      if (first && this.cost.toolToday === toolToday) return;
      this.extra.push({ event: { ...this.cost, toolToday }, id: null });
      this.wake();
    } catch {
      // The next change schedules another.
    }
  }
}

/** Follows one turn of a conversation, in any process, from its beginning to its end. */
export class OneTurnFeed implements Feed {
  ended = false;

  constructor(private readonly feed: ConversationFeed) {}

  take(): EmittedEvent[] {
    const events = this.feed.take();
    this.ended = events.some(({ event }) => ENDINGS.has(event.type));
    return events;
  }

  close(): void {
    this.feed.close();
  }
}

/** Whether messages outside of turns were added at the end, for which there are no events. */
function saidAside({ running, last, next }: ConversationHead): boolean {
  return running === null && last !== null && last.replied && next > last.question + 2;
}

function isLive(state: TurnState): state is LiveTurn {
  return "watch" in state;
}
