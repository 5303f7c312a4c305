import type { Tool } from "../../tools/rules/tool.ts";
import { type Inbox, type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { HandoffMessages } from "../desk/handoff_messages.ts";
import type { QuestionHandler } from "./question_handler.ts";
import type { Commands, RunnableCommand } from "./commands.ts";
import type { InboxCompletion } from "./inbox_completion.ts";
import type { RecordMerge } from "../linking/record_merge.ts";
import type { Leases } from "./leases.ts";
import { commandIn, currentTool, dialogueOf, offered } from "../people.ts";
import { AGAIN, type NextStep, REST, waitFor } from "../next_step.ts";

/** Messages read, and joined, at once. */
const MAX_BATCH = 40;
/** Longest wait for more messages, in debounce intervals. */
const MAX_DEBOUNCES = 10;

/** Longest wait for a record merge, and its polling interval. */
const MERGE_WAIT_MS = 3_000;
const MERGE_POLL_MS = 40;

type Meaning = { kind: "ask" } | RunnableCommand;

/** Processes a phone's inbox in order: commands one by one, consecutive questions joined. */
export class InboxProcessor {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
    private readonly parts: {
      commands: Commands;
      completion: InboxCompletion;
      questions: QuestionHandler;
      handoff: HandoffMessages;
      merge: RecordMerge;
    },
  ) {}

  /** One step of the inbox loop, see PhoneWorker. */
  async step(number: string, stopped: () => boolean): Promise<NextStep> {
    const phone = await this.phone(number);
    if (phone === null) return REST;
    const { handoff, merge } = this.parts;
    if (phone.joins !== undefined && phone.answered >= phone.arrived) {
      return await merge.step(number, phone, phone.joins);
    }
    const now = this.deps.clock();
    if (phone.takeover && phone.takeover.until <= now) {
      await handoff.handBack(number);
      return AGAIN;
    }
    if (phone.answered >= phone.arrived) return REST;
    const messages = await this.messages(number, phone);
    const [first] = messages;
    if (first === undefined) {
      await this.skip(number, phone.answered);
      return AGAIN;
    }
    // Conversations under the person's other addresses are merged first, if that is quick.
    if ((phone.joining ?? []).length > 0 && now - first.at < MERGE_WAIT_MS) {
      return waitFor(MERGE_POLL_MS);
    }
    if (phone.blocked) {
      return await this.consume(number, phone, first, { kind: "ignore" }, []);
    }
    if (phone.takeover) {
      await handoff.note(number, phone, first);
      return AGAIN;
    }
    const tools = await offered(this.deps.store.tools, phone.language);
    const meaning = this.meaningOf(first, phone, tools);
    if (meaning.kind !== "ask") {
      return await this.consume(number, phone, first, meaning, tools);
    }
    const wait = this.debounceWait(messages, now);
    if (wait > 0) return waitFor(wait);
    return await this.ask(number, phone, tools, messages, stopped);
  }

  private async ask(
    number: string,
    phone: Phone,
    tools: readonly Tool[],
    messages: readonly Inbox[],
    stopped: () => boolean,
  ): Promise<NextStep> {
    const { questions, commands, completion } = this.parts;
    const [first] = messages;
    const only = tools.length === 1 ? tools[0] : undefined;
    const tool = currentTool(phone, tools) ?? only;
    if (first && !tool) {
      const said = commands.menu({ number, phone, tools }, 1, []);
      const { sid, at } = first;
      const consumed = { number, from: phone.answered, upTo: phone.answered + 1, sid, at };
      const change = (now: Phone) => ({ ...now, tool: null, menuPage: 1, pending: null });
      return await completion.complete(consumed, { say: said, change }, { metered: true });
    }
    if (!tool) return REST;
    const run: Inbox[] = [];
    for (const message of messages) {
      if (this.meaningOf(message, phone, tools).kind !== "ask") break;
      run.push(message);
      if (message.asks) break;
    }
    return await questions.ask({ number, phone, tool, tools, messages: run }, stopped);
  }

  private meaningOf(message: Inbox, phone: Phone, tools: readonly Tool[]): Meaning {
    return message.asks ? { kind: "ask" } : commandIn(message, dialogueOf(phone, tools));
  }

  /** Runs a command and completes its message. */
  private async consume(
    number: string,
    phone: Phone,
    message: Inbox,
    command: RunnableCommand,
    tools: readonly Tool[],
  ): Promise<NextStep> {
    const from = phone.answered;
    if (
      (command.kind === "confirm" || command.kind === "decline") &&
      command.pending.kind === "switch_tool"
    ) {
      const tool = command.kind === "confirm" ? command.pending.tool : phone.tool;
      await this.restoreQuestion(number, from, message, tool, command.pending.question);
      return AGAIN;
    }
    const { commands, completion } = this.parts;
    const says = command.kind !== "ignore" && command.kind !== "stop";
    const wait = says ? await completion.waitForBudget(number, phone, message.at) : null;
    if (wait !== null) return wait;
    const answer = await commands.run(command, { number, phone, tools });
    const consumed = { number, from, upTo: from + 1, sid: message.sid, at: message.at };
    return await completion.complete(consumed, answer, { metered: true });
  }

  /** Replaces YES or NO in the inbox by the question that waited for it. */
  private async restoreQuestion(
    number: string,
    order: number,
    message: Inbox,
    tool: string | null,
    text: string,
  ): Promise<void> {
    const phoneKey = phoneKeys.phone(number), workKey = phoneKeys.work(number);
    await this.deps.store.transactions.run([phoneKey, workKey], (tx) => {
      this.leases.hold(tx, number);
      const phone = tx.get(phoneKey);
      if (phone === null || phone.answered !== order) return;
      tx.set(phoneKeys.inbox(number, order), { ...message, text, asks: true });
      tx.set(phoneKey, { ...phone, tool, pending: null, menuPage: null });
    });
  }

  /** Milliseconds to wait for more messages of the same question. */
  private debounceWait(messages: readonly Inbox[], now: number): number {
    const { WHATSAPP_DEBOUNCE_MS: debounce } = this.deps.config;
    const [first] = messages, last = messages.at(-1);
    if (!first || !last) return 0;
    return Math.min(last.at + debounce, first.at + MAX_DEBOUNCES * debounce) - now;
  }

  private async messages(number: string, { answered, arrived }: Phone): Promise<Inbox[]> {
    const upTo = Math.min(arrived, answered + MAX_BATCH);
    const found = await this.deps.store.phones.inbox(number, answered, upTo);
    const gap = found.indexOf(null);
    return found.slice(0, gap < 0 ? undefined : gap).flatMap((each) => each ? [each] : []);
  }

  /** Skips a message that is missing from the inbox. */
  private async skip(number: string, order: number): Promise<void> {
    const phoneKey = phoneKeys.phone(number), workKey = phoneKeys.work(number);
    const inboxKey = phoneKeys.inbox(number, order);
    await this.deps.store.transactions.run([phoneKey, workKey, inboxKey], (tx) => {
      this.leases.hold(tx, number);
      const phone = tx.get(phoneKey);
      if (phone === null || phone.answered !== order || tx.get(inboxKey) !== null) return;
      tx.set(phoneKey, { ...phone, answered: order + 1, tries: 0 });
    });
  }

  private async phone(number: string): Promise<Phone | null> {
    const { transactions, phones, processes } = this.deps.store;
    return processes.isOnlyProcess
      ? await transactions.read(phoneKeys.phone(number))
      : await phones.get(number);
  }
}
