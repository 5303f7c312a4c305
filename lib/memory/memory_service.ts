import { Erasures } from "../people/erasures.ts";
import type { VisitorDeletion, VisitorRecords } from "../people/visitors.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import type { EventBus } from "../platform/event_bus.ts";
import { AppError } from "../platform/errors.ts";
import type { MemoryState, MemoryView, ToolMemoryView } from "../shared/views/memory_view.ts";
import { MemoryRounds } from "./memory_rounds.ts";
import { chosen, notesOf, wantsMemory, withNote } from "./rules/notes.ts";
import type { Tx } from "../store/transactions.ts";
import { shortened } from "./rules/summary_prompt.ts";
import { noteTerms } from "./rules/terms.ts";
import { StoredMemory } from "./stored_memory.ts";

type Needs = ConstructorParameters<typeof MemoryRounds>[0] & { bus: EventBus };

/** One note of a person. */
export interface NoteId {
  visitor: string;
  tool: string;
  conversation: string;
}

/** What tools remember of people: written in rounds, and in the people's own hands. */
export class MemoryService implements VisitorRecords {
  readonly rounds: MemoryRounds;
  private readonly memory: StoredMemory;
  private readonly erasures: Erasures;

  constructor(private readonly deps: Needs, paidCalls: PaidCalls) {
    this.memory = new StoredMemory(deps.store);
    this.erasures = new Erasures(deps);
    this.rounds = new MemoryRounds(deps, this.memory, paidCalls);
  }

  /** All that tools remember of a visitor, and the tools that may. */
  async view(visitor: string): Promise<MemoryView> {
    const { store, clock } = this.deps;
    const [rows, choice, all] = await Promise.all([
      this.memory.of(visitor),
      this.memory.choice(visitor),
      store.tools.list(),
    ]);
    const noted = new Map(rows.map(({ tool, memory }) => [tool, notesOf(memory, clock())]));
    const off = new Set(choice?.tools);
    const viewOf = (id: string, name: string, icon: string): ToolMemoryView => ({
      id,
      name,
      icon,
      off: off.has(id),
      notes: (noted.get(id) ?? []).map(({ conversation, text, language, at }) => ({
        conversation,
        text,
        language,
        at,
      })),
    });
    const tools = all.map(({ id, name, icon, active, remembers }) => ({
      shown: active && remembers,
      view: viewOf(id, name, icon),
    })).filter(({ shown, view }) => shown || view.notes.length > 0);
    // Their tools were deleted since.
    const gone = [...noted.keys()].filter((id) => !all.some((tool) => tool.id === id));
    return {
      off: choice?.off ?? false,
      tools: [
        ...tools.map(({ view }) => view),
        ...gone.map((id) => viewOf(id, id, "")).filter(({ notes }) => notes.length > 0),
      ],
    };
  }

  /** A tool's memory as a visitor's chat tells of it; null for a tool that remembers nothing. */
  async stateOf(visitor: string, id: string): Promise<MemoryState | null> {
    const tool = await this.deps.store.tools.get(id);
    if (!tool?.remembers) return null;
    return wantsMemory(await this.memory.choice(visitor), id) ? "on" : "off";
  }

  /**
   * Replaces a note's text; the program changes it no more. An empty text deletes it.
   * @throws {AppError} `missing` when it is gone
   */
  async edit({ visitor, tool, conversation }: NoteId, typed: string): Promise<void> {
    const text = shortened(typed);
    if (text === "") return await this.forget({ visitor, tool, conversation });
    let found = false;
    await this.memory.change(visitor, tool, (memory) => {
      const note = notesOf(memory, this.deps.clock()).find((each) =>
        each.conversation === conversation
      );
      found = note !== undefined;
      if (note === undefined) return memory;
      const terms = noteTerms(text, note.terms.join(" "));
      return withNote(memory, { ...note, text, terms, by: "person" });
    });
    if (!found) throw new AppError("missing", { code: "note.gone" });
  }

  /** Deletes a note; its conversation is not noted again. */
  async forget(note: NoteId): Promise<void> {
    await this.forgetNoted(note, (tx) => this.erasures.note(tx, { kind: "note", ...note }));
  }

  /** Deletes all notes, of one tool or with null of all; nothing said so far is noted again. */
  async forgetAll(visitor: string, tool: string | null): Promise<void> {
    const tools = await this.toolsOf(visitor);
    for (const id of tool === null ? tools : [tool].filter((id) => tools.has(id))) {
      await this.forgetNoted(
        { visitor, tool: id, conversation: null },
        (tx) => this.erasures.note(tx, { kind: "notes", visitor, tool: id }),
      );
    }
  }

  /**
   * Switches memory off or on for a visitor: for one tool, or with null for all.
   * @throws {AppError} `missing` for a tool that never was
   */
  async switchOff(visitor: string, tool: string | null, off: boolean): Promise<void> {
    // Made-up names would fill the record until nothing can be switched.
    if (tool !== null && off && !await this.isKnown(visitor, tool)) {
      throw new AppError("missing", { code: "tool.gone" });
    }
    const kind = off ? "memory_off" : "memory_on";
    await this.memory.choose(
      visitor,
      (choice) => chosen(choice, tool, off),
      (tx) => this.erasures.note(tx, { kind, visitor, tool }),
    );
    this.erasures.told();
  }

  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    await this.memory.delete(visitor, "with choice");
    return { erased: 0, done: true };
  }

  /** Deletes notes, and notes that in the same commit: a restored backup has them still. */
  private async forgetNoted(
    which: Parameters<StoredMemory["forget"]>[0],
    also: (tx: Tx) => void,
  ): Promise<void> {
    const done = await this.memory.forget(which, { at: this.deps.clock(), also });
    if (done) this.erasures.told();
  }

  private async isKnown(visitor: string, tool: string): Promise<boolean> {
    return await this.deps.store.tools.get(tool) !== null ||
      await this.memory.by(visitor, tool) !== null;
  }

  /** The tools that remember something, or may be about to. */
  private async toolsOf(visitor: string): Promise<Set<string>> {
    const { store } = this.deps;
    const [rows, all] = await Promise.all([this.memory.of(visitor), store.tools.list()]);
    return new Set([
      ...rows.map(({ tool }) => tool),
      ...all.filter(({ remembers }) => remembers).map(({ id }) => id),
    ]);
  }
}
