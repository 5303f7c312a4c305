import { type Archived, chatKeys, type ConversationHead } from "../../chat/records.ts";
import { StaleRead } from "../../store/transactions.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { deleteArchive, setArchive } from "../../chat/history/archive.ts";
import type { History } from "../../chat/history/history.ts";
import { joinShares, readsToJoinShares } from "../../metering/shares.ts";
import { addSpending } from "../outbox/channel_cost.ts";
import type { Leases } from "../inbox/leases.ts";
import { visitorOf } from "../people.ts";
import { armsOf, checkArms, dropArms, uniteArms } from "../../experiments/counts/linked_arms.ts";
import { carryChoice, memoryToMove, readsToCarryChoice } from "../../memory/linked_memory.ts";
import { MEMORY_WEIGHT } from "../../memory/stored_memory.ts";
import { AGAIN, type NextStep, waitFor } from "../next_step.ts";

/** Delay before a record with work of its own is checked again. */
const BUSY_MS = 200;
/** Most conversations moved in one step. */
const MOST_AT_ONCE = 100;

/** Finishes merged records: moves their conversations, then deletes them. */
export class RecordMerge {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
    private readonly history: Pick<History, "titleOf">,
  ) {}

  /** One step of merging a record into another. */
  async step(number: string, phone: Phone, into: string): Promise<NextStep> {
    const { store } = this.deps;
    if (phone.answered < phone.arrived || phone.sent < phone.next) return waitFor(BUSY_MS);
    const person = await store.phones.get(into);
    if (person !== null) {
      const all = await store.conversations.ofVisitor(phone.own, MOST_AT_ONCE + 1);
      for (const tool of new Set(all.slice(0, MOST_AT_ONCE).map((each) => each.tool))) {
        if (!await this.move(number, tool, phone.own, person.own)) return waitFor(BUSY_MS);
      }
      if (all.length > MOST_AT_ONCE) return AGAIN;
    }
    await this.end(number, into);
    return AGAIN;
  }

  /** Moves the conversations with one tool to another visitor; false while a turn is running. */
  private async move(number: string, tool: string, from: string, to: string): Promise<boolean> {
    const { conversations, transactions } = this.deps.store;
    const [head, theirs, archived] = await Promise.all([
      conversations.head(from, tool),
      conversations.head(to, tool),
      conversations.archived(from, tool),
    ]);
    if (head?.running) return false;
    const titles = new Map<string, string>();
    for (const each of [head, theirs]) {
      if (each) titles.set(each.conversation, await this.history.titleOf(each));
    }
    const fromKey = chatKeys.head(from, tool), toKey = chatKeys.head(to, tool);
    const asideKeys = archived.map((each) => chatKeys.archive(from, tool, each.head.conversation));
    const notes = memoryToMove({
      from,
      to,
      tool,
      conversations: [...(head ? [head] : []), ...archived.map((each) => each.head)]
        .map(({ conversation }) => conversation),
    });
    const reads = [fromKey, toKey, ...asideKeys, phoneKeys.work(number), ...notes.reads];
    return await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const mine = tx.get(fromKey), current = tx.get(toKey);
      if (mine?.running) return false;
      notes.run(tx);
      const aside = asideKeys.flatMap((key) => tx.get(key) ?? []);
      for (const each of aside) deleteArchive(tx, from, tool, each);
      tx.delete(fromKey);
      const put = (each: Archived) => {
        if (each.head.turns === 0) return;
        setArchive(tx, to, tool, each);
      };
      const titled = (each: ConversationHead): Archived => ({
        head: each,
        title: titles.get(each.conversation) ?? "",
      });
      for (const each of aside) put(each);
      if (mine === null) return true;
      // The later of the two stays current.
      if (current === null) tx.set(toKey, mine);
      else if (current.running || current.updatedAt >= mine.updatedAt) put(titled(mine));
      else {
        put(titled(current));
        tx.set(toKey, mine);
      }
      return true;
    }, MEMORY_WEIGHT + 4_000 + 2_000 * archived.length);
  }

  /** Deletes a record whose work is done and adds its later cost to the other. */
  private async end(number: string, into: string): Promise<void> {
    const key = phoneKeys.phone(number), intoKey = phoneKeys.phone(into);
    const { phones, transactions } = this.deps.store;
    const [gone, kept] = await Promise.all([phones.get(number), phones.get(into)]);
    const shares = gone && kept ? [gone.own, visitorOf(kept)] as const : null;
    const arms = await armsOf(this.deps.store, shares ?? []);
    const reads = [
      key,
      intoKey,
      phoneKeys.work(number),
      ...(shares ? [...readsToJoinShares(...shares), ...readsToCarryChoice(shares)] : []),
      ...arms.reads,
    ];
    const ending = transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const phone = tx.get(key), person = tx.get(intoKey);
      if (phone === null || phone.answered < phone.arrived || phone.sent < phone.next) return;
      tx.delete(key);
      tx.delete(phoneKeys.work(number));
      if (person === null) return;
      const joining = (person.joining ?? []).filter((each) => each !== number);
      const { day, usd } = phone.today;
      const paid = usd === 0n || person.today.day !== day ? person : addSpending(person, day, usd);
      if (shares) {
        const [from, to] = shares;
        joinShares(tx, from, to);
        carryChoice(tx, from, to);
        checkArms(tx, arms);
        uniteArms(tx, arms, to, from);
        dropArms(tx, arms, from);
      }
      tx.set(intoKey, { ...paid, spent: person.spent + phone.spent, joining });
    });
    await ending.catch((error) => {
      // The next step sees what changed.
      if (!(error instanceof StaleRead)) throw error;
    });
  }
}
