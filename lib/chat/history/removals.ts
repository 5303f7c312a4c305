import { chatKeys, type Removal } from "../records.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import { Rounds } from "../../platform/rounds.ts";
import { sparingLog } from "../../platform/sparing_log.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { ConversationId } from "../participants.ts";
import type { DataDeletion } from "./data_deletion.ts";
import type { History } from "./history.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions };
  clock: Clock;
  log: Log;
}

/** Time in which pages offer Undo. */
const UNDO_MS = 10_000;
/** Time after which the deletion is carried out: a page may still be open with its Undo. */
const LASTS_MS = 30_000;
const ROUND_MS = 5_000;
/** Most removals that one round reads. */
const PER_ROUND = 200;

/** A removal with its conversation. */
export interface MarkedRemoval extends Removal {
  conversation: string;
  /** Whether pages still offer Undo. */
  offered: boolean;
}

/**
 * Deletions that can be undone: a conversation is archived and marked, and deleted later, by the
 * visitor's next request or by a round, whichever comes first.
 */
export class Removals {
  readonly rounds: Rounds;

  constructor(
    private readonly deps: Needs,
    private readonly history: Pick<History, "putAside" | "takeUp" | "current">,
    private readonly deletion: Pick<DataDeletion, "deleteConversation">,
  ) {
    const log = sparingLog(deps.log);
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.round(),
      failed: () => log("warn", "Removed conversations are not deleted yet"),
    });
  }

  /**
   * Marks a conversation; a reply under way is stopped first. Returns false when there is none.
   * @throws {AppError} `conflict` when the reply cannot be stopped in time.
   */
  async remove({ visitor, tool, conversation }: ConversationId): Promise<boolean> {
    const current = (await this.history.current(visitor, tool))?.id === conversation;
    if (current) await this.history.putAside(visitor, tool);
    const archiveKey = chatKeys.archive(visitor, tool, conversation);
    const at = this.deps.clock();
    return await this.deps.store.transactions.run([archiveKey], (tx) => {
      if (tx.get(archiveKey) === null) return false;
      tx.set(chatKeys.removal(visitor, conversation), { tool, at, current });
      return true;
    });
  }

  /** Takes a removal back; false when the conversation is deleted already. */
  async undo(visitor: string, conversation: string): Promise<boolean> {
    const key = chatKeys.removal(visitor, conversation);
    const removal = await this.deps.store.transactions.run([key], (tx) => {
      const found = tx.get(key);
      if (found) tx.delete(key);
      return found;
    });
    if (removal === null) return false;
    const { tool, current } = removal;
    if (current && await this.history.current(visitor, tool) === null) {
      await this.history.takeUp(visitor, tool, conversation);
    }
    return true;
  }

  /** A visitor's removals that are not carried out yet, the latest first; carries out due ones. */
  async of(visitor: string): Promise<MarkedRemoval[]> {
    const now = this.deps.clock();
    const rows = await this.deps.store.kv.list(
      { prefix: ["removal", visitor] },
      (path) => chatKeys.removal(visitor, String(path[2])),
    );
    const all = rows.map(({ path, value }) => ({ ...value, conversation: String(path[2]) }));
    await Promise.all(
      all.filter((each) => isDue(each, now))
        .map(({ conversation, tool }) => this.finish({ visitor, tool, conversation })),
    );
    return all.filter((each) => !isDue(each, now))
      .map((each) => ({ ...each, offered: Math.abs(now - each.at) < UNDO_MS }))
      .sort((a, b) => b.at - a.at);
  }

  private async round(): Promise<void> {
    const now = this.deps.clock();
    const rows = await this.deps.store.kv.list(
      { prefix: ["removal"] },
      (path) => chatKeys.removal(String(path[1]), String(path[2])),
      { limit: PER_ROUND },
    );
    for (const { path, value } of rows) {
      if (!isDue(value, now)) continue;
      const [, visitor, conversation] = path.map(String);
      if (visitor === undefined || conversation === undefined) continue;
      await this.finish({ visitor, tool: value.tool, conversation });
    }
  }

  private async finish({ visitor, tool, conversation }: ConversationId): Promise<void> {
    const key = chatKeys.removal(visitor, conversation);
    // An Undo in another process comes first, or is refused.
    const due = await this.deps.store.transactions.run([key], (tx) => {
      const found = tx.get(key);
      return found !== null && isDue(found, this.deps.clock());
    });
    if (!due) return;
    const found = await this.deletion.deleteConversation(visitor, tool, conversation);
    if (!found) await this.deps.store.transactions.run([], (tx) => tx.delete(key));
  }
}

/** A clock that went back must not keep it for ever. */
function isDue({ at }: Removal, now: number): boolean {
  return Math.abs(now - at) >= LASTS_MS;
}
