import { chatKeys } from "../records.ts";
import type { Log } from "../../platform/log.ts";
import { sparingLog } from "../../platform/sparing_log.ts";
import type { Kv } from "../../store/kv.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { Transactions } from "../../store/transactions.ts";

/** Requests to stop turns of other processes. */
export class StopRequests {
  private readonly log: Log;

  constructor(
    private readonly store: { kv: Kv; transactions: Transactions; processes: ProcessRegistry },
    log: Log,
  ) {
    this.log = sparingLog(log);
  }

  /** Asks another process to stop one of its turns. */
  async ask(process: string, turn: string): Promise<void> {
    await this.store.transactions.run([], (tx) => tx.set(chatKeys.stop(process, turn), true));
  }

  private async asked(): Promise<string[]> {
    const { self } = this.store.processes;
    const rows = await this.store.kv.list(
      { prefix: ["stop", self] },
      (path) => chatKeys.stop(String(path[1]), String(path[2])),
    );
    return rows.map(({ path }) => String(path[2]));
  }

  /** Stops the turns of this process that others asked to stop. */
  async obey(stop: (turn: string) => void): Promise<void> {
    let asked: string[];
    try {
      asked = await this.asked();
    } catch {
      return this.log("warn", "Cannot read stop requests");
    }
    for (const turn of asked) {
      stop(turn);
      void this.obeyed(turn).catch(() => {});
    }
  }

  /** Deletes a request whose turn is being stopped. */
  private async obeyed(turn: string): Promise<void> {
    const { transactions, processes } = this.store;
    await transactions.run([], (tx) => tx.delete(chatKeys.stop(processes.self, turn)));
  }
}
