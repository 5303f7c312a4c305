import type { Clock } from "../../platform/clock.ts";
import { causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Measure } from "../../shared/views/experiment_view.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions } from "../../store/transactions.ts";
import { experimentKeys } from "../records.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { countGoal } from "./arm_days.ts";

/** A goal that is reached outside of turns. */
export type OutsideGoal = Extract<Measure["code"], "link" | "export">;

interface Needs {
  store: { experiments: StoredExperiments; kv: Kv; transactions: Transactions };
  clock: Clock;
  log: Log;
}

/** Goals that people reach outside of turns: a link opened, a conversation exported. */
export class ReachedGoals {
  constructor(private readonly deps: Needs) {}

  /** Whether a tool's running experiment has this goal. */
  isGoal(tool: string, goal: OutsideGoal): boolean {
    return this.experimentWith(tool, goal) !== null;
  }

  /** As {@link reach}, in the background: a count that fails stops no download. */
  note(visitor: string, tool: string, goal: OutsideGoal): void {
    this.reach(visitor, tool, goal).catch((error) =>
      this.deps.log("warn", "Cannot count a goal", { goal, error: causeOf(error) })
    );
  }

  /** Counts that a visitor reached a goal, once for each person. */
  async reach(visitor: string, tool: string, goal: OutsideGoal): Promise<void> {
    const id = this.experimentWith(tool, goal);
    if (id === null) return;
    const { kv, transactions } = this.deps.store;
    const armKey = experimentKeys.arm(visitor, tool);
    for (let done = false; !done;) {
      const arm = (await kv.get(armKey)).value;
      if (arm?.experiment !== id) return;
      const key = experimentKeys.person(id, arm.person);
      const reads = [armKey, key, experimentKeys.day(id, arm.day, arm.letter)];
      done = await transactions.run<boolean>(reads, (tx) => {
        const now = tx.get(armKey), person = tx.get(key);
        if (now?.person !== arm.person || now.day !== arm.day) return false;
        if (person === null || person.reached || person.day !== arm.day) return true;
        tx.set(
          key,
          countGoal(tx, person, (day, letter) => experimentKeys.day(id, day, letter)),
        );
        return true;
      });
    }
  }

  private experimentWith(tool: string, goal: OutsideGoal): string | null {
    const { store, clock } = this.deps;
    const running = store.experiments.runningOf(tool, clock());
    return running?.measure.code === goal ? running.id : null;
  }
}
