import { variantParts } from "../../shared/views/experiment_view.ts";
import type { Transactions } from "../../store/transactions.ts";
import { experimentKeys } from "../records.ts";
import { addToDay } from "./arm_days.ts";

/** Most variants and days buffered at once; further refusals are dropped. */
const MOST_BUFFERED = 200;

/** Turns of variants that a budget refused, buffered: many refusals cost one write. */
export class RefusedTurns {
  private buffered = new Map<string, { day: string; variant: string; count: number }>();

  constructor(private readonly transactions: Transactions) {}

  note(day: string, variant: string): void {
    const id = `${day} ${variant}`;
    const known = this.buffered.get(id);
    if (known) known.count++;
    else if (this.buffered.size < MOST_BUFFERED) this.buffered.set(id, { day, variant, count: 1 });
  }

  /** Writes the buffered counts. */
  async flush(): Promise<void> {
    const counts = [...this.buffered.values()];
    this.buffered.clear();
    for (const { day, variant, count } of counts) {
      const parts = variantParts(variant);
      if (parts === null) continue;
      const key = experimentKeys.day(parts.experiment, day, parts.letter);
      await this.transactions.run([key], (tx) => addToDay(tx, key, { refused: count }));
    }
  }
}
