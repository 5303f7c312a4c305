import { causeOf } from "./errors.ts";
import type { Log } from "./log.ts";

/** A visitor's conversation with a tool. */
export interface ConversationEvent {
  visitor: string;
  tool: string;
}

/** Figures of a call that was settled, without contents or people. */
export interface SettledFigures {
  kind: "turn" | "auxiliary";
  tool: string;
  channel: string;
  provider: string;
  model: string;
  outcome: "answered" | "stopped" | "interrupted" | "failed";
  /** A reply to a person or a program, as opposed to a call such as a transcript. */
  reply: boolean;
  startedAt: number;
  endedAt: number;
  /** Time to the first word; null when none came. */
  firstMs: number | null;
  /** Number of models asked. */
  attempts: number;
  /** Cost of all attempts in nano-dollars. */
  usd: bigint;
  basis: "reported" | "estimated" | "partial";
  tokens: { input: number; cached: number; output: number; reasoning: number };
}

/** Events within this process: records changed. Emitted after the commit, without contents. */
export interface Events {
  /** The question is stored, and the reply has started. */
  TurnBegan: ConversationEvent;
  /** The reply is stored and its cost booked. */
  TurnSettled: ConversationEvent;
  /** A conversation was archived, reopened, deleted, or changed without a turn. */
  ConversationChanged: ConversationEvent;
  /** A conversation's deletion has begun: nothing of it may stay in memory. */
  ConversationDeleted: ConversationEvent & { conversation: string };
  /** A paid call ended, and its cost is booked. */
  CallSettled: SettledFigures;
  /** A message came from a phone, or changed its state on the way to one. */
  MessagePassed: { direction: "in" | "out"; status: string };
  /** A tool's day sum changed, here or in another process. */
  SpendingChanged: { tool: string };
  /** Alerts were raised and may be sent. */
  AlertRaised: Record<never, never>;
  SettingsChanged: Record<never, never>;
  /** A phone has messages to send, or its record needs a look. */
  OutboxGrew: { number: string };
  /** A step of a phone's work is done: something was answered, sent or postponed. */
  PhoneStepped: { number: string };
  /** Another process is gone; its work is orphaned. */
  ProcessLost: { process: string };
  /** Another process has ended as it should; what it did not finish is free. */
  ProcessLeft: { process: string };
  /** The process registry was checked. */
  ProcessesChecked: Record<never, never>;
  /** A person's data was deleted. */
  DataErased: Record<never, never>;
  /** A further device of a visitor may read their conversations no more. */
  DeviceEnded: { device: string };
}

/** The subject of an event, for subscribers to one subject. */
const SUBJECTS = {
  TurnBegan: conversationSubject,
  TurnSettled: conversationSubject,
  ConversationChanged: conversationSubject,
  SpendingChanged: ({ tool }: Events["SpendingChanged"]) => tool,
  PhoneStepped: ({ number }: Events["PhoneStepped"]) => number,
  DeviceEnded: ({ device }: Events["DeviceEnded"]) => device,
} satisfies { [T in keyof Events]?: (event: Events[T]) => string };

export type SubjectEvents = keyof typeof SUBJECTS;
type Listener<T extends keyof Events> = (event: Events[T]) => void | Promise<void>;
type Listeners = { [T in keyof Events]: Map<string, Set<Listener<T>>> };

/** The key of listeners to all subjects. */
const ALL = "";

export function conversationSubject({ visitor, tool }: ConversationEvent): string {
  return `${visitor} ${tool}`;
}

/** Events within this process. Listeners are called synchronously, in order of subscription. */
export class EventBus {
  private readonly listeners: Listeners = {
    TurnBegan: new Map(),
    TurnSettled: new Map(),
    ConversationChanged: new Map(),
    ConversationDeleted: new Map(),
    CallSettled: new Map(),
    MessagePassed: new Map(),
    SpendingChanged: new Map(),
    AlertRaised: new Map(),
    SettingsChanged: new Map(),
    OutboxGrew: new Map(),
    PhoneStepped: new Map(),
    ProcessLost: new Map(),
    ProcessLeft: new Map(),
    ProcessesChecked: new Map(),
    DataErased: new Map(),
    DeviceEnded: new Map(),
  };

  constructor(private readonly log: Log) {}

  /** Returns a function that ends the subscription. */
  subscribe<T extends keyof Events>(type: T, listener: Listener<T>): () => void {
    return this.add(type, ALL, listener);
  }

  /** Subscribes to the events of one subject: a conversation, a tool. */
  subscribeTo<T extends SubjectEvents>(
    type: T,
    subject: string,
    listener: Listener<T>,
  ): () => void {
    return this.add(type, subject, listener);
  }

  /** Subjects with a subscriber. */
  subjectsOf(type: SubjectEvents): string[] {
    return [...this.listeners[type].keys()].filter((subject) => subject !== ALL);
  }

  /** Calls all listeners; what one of them throws is logged and stops nobody. */
  emit<T extends keyof Events>(type: T, event: Events[T]): void {
    for (const listener of this.of(type, event)) {
      Promise.try(listener, event).catch((error) =>
        this.log("error", "A listener failed", { event: type, error: causeOf(error) })
      );
    }
  }

  /**
   * Resolves when all listeners are done.
   * @throws what one of them throws, once all are done
   */
  async emitAndWait<T extends keyof Events>(type: T, event: Events[T]): Promise<void> {
    const all = await Promise.allSettled(
      this.of(type, event).map((listener) => Promise.try(listener, event)),
    );
    for (const done of all) if (done.status === "rejected") throw done.reason;
  }

  private of<T extends keyof Events>(type: T, event: Events[T]): Listener<T>[] {
    const listeners: Map<string, Set<Listener<T>>> = this.listeners[type];
    const subjectOf: { [K in keyof Events]?: (event: Events[K]) => string } = SUBJECTS;
    const subject = subjectOf[type]?.(event) ?? ALL;
    const some = subject === ALL ? [] : listeners.get(subject) ?? [];
    return [...listeners.get(ALL) ?? [], ...some];
  }

  private add<T extends keyof Events>(type: T, subject: string, listener: Listener<T>) {
    const listeners: Map<string, Set<Listener<T>>> = this.listeners[type];
    const same: Set<Listener<T>> = listeners.get(subject) ?? new Set();
    listeners.set(subject, same.add(listener));
    return () => {
      same.delete(listener);
      if (same.size === 0 && listeners.get(subject) === same) listeners.delete(subject);
    };
  }
}
