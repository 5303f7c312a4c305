import type { Conversations } from "../chat/conversations.ts";
import { chatKeys } from "../chat/records.ts";
import type { AuxiliaryCall } from "../metering/call_records.ts";
import type { Bill } from "../metering/calls/bill.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import { meteringKeys } from "../metering/records.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError, causeOf } from "../platform/errors.ts";
import { Rounds } from "../platform/rounds.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Tx } from "../store/transactions.ts";
import type { Tools } from "../tools/stored_tools.ts";
import { NoteWriter, type WriterDeps, type Written } from "./note_writer.ts";
import { memoryKeys, type MemoryNote } from "./records.ts";
import { isDue } from "./rules/due.ts";
import { mayBeNoted, wantsMemory, withNote } from "./rules/notes.ts";
import {
  beginningOf,
  NOTED_MESSAGES,
  type NotedMessage,
  summaryPrompt,
} from "./rules/summary_prompt.ts";
import { noteTerms } from "./rules/terms.ts";
import type { Marked, MemoryStore, StoredMemory } from "./stored_memory.ts";

interface Needs extends WriterDeps {
  store: WriterDeps["store"] & MemoryStore & {
    conversations: Conversations;
    processes: ProcessRegistry;
    tools: Tools;
  };
  clock: Clock;
}

const ROUND_MS = 60_000;
/** Marks that one round looks at. */
const LOOKED_AT = 500;
/** UTF-16 units of each message whose words find the note. */
const LONGEST_PART = 250;
const MOST_TRIES = 3;
/** Time for the note that is being written when the process ends. */
const LAST_MS = 2_000;
/** Delay after a failure that cost nothing, and the least one after a refusal by a budget. */
const AGAIN_MS = 15 * 60_000;

/** Another process notes the conversation, or it goes on. */
class NotDue extends Error {
  override name = "NotDue";
}

/**
 * Notes conversations that are over, in all processes; each conversation is claimed in the commit
 * that holds for its call, and its mark deleted in the one that books it. So a conversation has one
 * call for its note, also when a process dies; then its beginning stands in for the note.
 */
export class MemoryRounds {
  private readonly rounds: Rounds;
  private readonly writer: NoteWriter;
  private after: Deno.KvKey | null = null;
  private readonly stopping = new AbortController();
  private stopped = false;

  constructor(
    private readonly deps: Needs,
    private readonly memory: StoredMemory,
    paidCalls: PaidCalls,
  ) {
    this.writer = new NoteWriter(deps, paidCalls);
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.round(),
      failed: (error) => deps.log("warn", "Cannot note conversations", { error: causeOf(error) }),
    });
  }

  start(): void {
    this.rounds.start();
  }

  /** Ends after the note that is being written, which has a moment left. */
  async stop(): Promise<void> {
    this.stopped = true;
    const late = setTimeout(() => this.stopping.abort(), LAST_MS);
    await this.rounds.stop();
    clearTimeout(late);
  }

  /** Looks at a batch of marked conversations, and notes those that are over. */
  async round(): Promise<void> {
    const { marks, last } = await this.memory.marks(this.after, LOOKED_AT);
    this.after = last;
    const heads = await this.deps.store.kv.getMany(
      marks.map(({ visitor, tool }) => chatKeys.head(visitor, tool)),
    );
    for (const [i, mark] of marks.entries()) {
      if (this.stopped) return;
      const head = heads[i]?.value ?? null;
      const ended = head?.conversation !== mark.conversation;
      if (mark.claim !== null) await this.resolve(mark);
      else if (!ended && head?.running) continue;
      else if (isDue(mark, this.deps.clock(), ended)) await this.note(mark);
    }
  }

  private async note(mark: Marked): Promise<void> {
    const { visitor, conversation } = mark;
    const tool = await this.deps.store.tools.get(mark.tool);
    if (!this.writer.isAllowed) return;
    const memory = await this.memory.by(visitor, mark.tool);
    const choice = await this.memory.choice(visitor);
    const isWanted = tool?.remembers && wantsMemory(choice, mark.tool) &&
      mayBeNoted(memory, conversation);
    const messages = isWanted ? await this.messages(mark, memory?.forgottenAt ?? 0) : [];
    const prompt = summaryPrompt(messages);
    if (!tool || prompt === null) return await this.memory.changeMark(mark, () => null);
    const claim = {
      reads: [memoryKeys.mark(conversation), memoryKeys.choice(visitor)],
      run: (tx: Tx, call: string) => this.claim(tx, mark, call),
    };
    try {
      const written = await this.writer.write(
        tool,
        prompt,
        { claim, signal: this.stopping.signal },
        (bill, call, written) => this.settleWith(bill, call, { mark, messages, written }),
      );
      if (written === null) await this.postpone(mark, AGAIN_MS);
    } catch (error) {
      if (error instanceof NotDue) return;
      if (!(error instanceof AppError)) throw error;
      // Over its budget, or without a price: nothing was asked. Nobody is told.
      await this.postpone(mark, Math.max(AGAIN_MS, error.retryAfterMs ?? 0));
    }
  }

  private claim(tx: Tx, { conversation, visitor, tool, at }: Marked, call: string): void {
    const key = memoryKeys.mark(conversation);
    const now = tx.get(key);
    const wanted = wantsMemory(tx.get(memoryKeys.choice(visitor)), tool);
    if (now === null || now.at !== at || now.claim !== null || !wanted) throw new NotDue();
    tx.set(key, { ...now, claim: { process: this.deps.store.processes.self, call } });
  }

  /** Writes the note, or what stands in for it, in the commit that books its call. */
  private settleWith(
    bill: Bill,
    { turn }: Pick<AuxiliaryCall, "turn">,
    { mark, messages, written }: { mark: Marked; messages: NotedMessage[]; written: Written },
  ): void {
    const { visitor, tool, conversation } = mark;
    const keys = {
      mark: memoryKeys.mark(conversation),
      memory: memoryKeys.memory(visitor, tool),
      choice: memoryKeys.choice(visitor),
    };
    bill.reads = Object.values(keys);
    bill.also = (tx) => {
      const now = tx.get(keys.mark);
      // Without a mark the conversation was deleted meanwhile.
      if (now === null) return;
      const isMine = now.claim?.call === turn;
      if (isMine && written.kind === "failed" && !written.billed) {
        const tries = now.tries + 1;
        const notBefore = this.deps.clock() + AGAIN_MS * tries;
        if (tries >= MOST_TRIES) tx.delete(keys.mark);
        else tx.set(keys.mark, { ...now, claim: null, tries, notBefore });
        return;
      }
      // It goes on where it was marked anew: then it is noted again later.
      if (isMine) tx.delete(keys.mark);
      const note = noteOf(mark, messages, written);
      const memory = tx.get(keys.memory);
      const wanted = wantsMemory(tx.get(keys.choice), tool) && mark.at > (memory?.forgottenAt ?? 0);
      if (note && wanted && mayBeNoted(memory, conversation)) {
        tx.set(keys.memory, withNote(memory, note));
      }
    };
  }

  /** Ends a claim whose call was settled without it: its process died, or the store was away. */
  private async resolve(mark: Marked): Promise<void> {
    const { visitor, tool, conversation, claim } = mark;
    if (claim === null) return;
    const { value } = await this.deps.store.kv.get(
      meteringKeys.running(claim.process, claim.call),
    );
    if (value !== null) return;
    const memory = await this.memory.by(visitor, tool);
    const messages = await this.messages(mark, memory?.forgottenAt ?? 0);
    const note = noteOf(mark, messages, { kind: "failed", billed: true });
    const keys = [memoryKeys.memory(visitor, tool), memoryKeys.choice(visitor)] as const;
    await this.memory.changeMark(mark, (now, tx) => {
      if (now.claim?.call !== claim.call) return now;
      const before = tx.get(keys[0]);
      const wanted = wantsMemory(tx.get(keys[1]), tool) && mark.at > (before?.forgottenAt ?? 0);
      if (note && wanted && mayBeNoted(before, conversation)) {
        tx.set(keys[0], withNote(before, note));
      }
      return null;
    }, keys);
  }

  private postpone(mark: Marked, ms: number): Promise<void> {
    const notBefore = this.deps.clock() + ms;
    return this.memory.changeMark(mark, (now) => now.claim === null ? { ...now, notBefore } : now);
  }

  /** The latest messages of a conversation since a deletion; none when it is gone. */
  private async messages(
    { visitor, tool, conversation }: Marked,
    since: number,
  ): Promise<NotedMessage[]> {
    const { conversations } = this.deps.store;
    const head = await conversations.find(visitor, tool, conversation);
    if (head === null) return [];
    const { messages } = await conversations.page(head, head.next, NOTED_MESSAGES);
    return messages.map(({ message }) => message).filter(({ at }) => at > since);
  }
}

/** The note of a conversation; null where there is nothing to remember. */
function noteOf(
  { conversation, at }: Marked,
  messages: readonly NotedMessage[],
  written: Written,
): MemoryNote | null {
  if (written.kind === "nothing") return null;
  const text = written.kind === "note" ? written.text : beginningOf(messages);
  if (text === "") return null;
  return {
    conversation,
    text,
    terms: noteTerms(text, messages.map(({ text }) => text.slice(0, LONGEST_PART)).join("\n")),
    language: written.kind === "note" ? written.language : null,
    at,
    by: written.kind === "note" ? "model" : "beginning",
  };
}
