import type { Deps } from "@/lib/deps.ts";
import { EMPTY_DAY } from "@/lib/metering/ledger.ts";
import type { Ceilings } from "./inspector.ts";

const LOOK_MS = 60;
const MOST = 1n << 60n;

/**
 * Queue of chats that were refused for lack of budget. While holds exist, budget may come free, so
 * a few at a time retry; without holds, when the least hold does not fit, they give up.
 */
export class Gate {
  private waiting: ((word: "again" | "hopeless") => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly deps: Deps,
    private readonly tool: string,
    private readonly ceilings: Ceilings,
    private readonly leastHold: bigint,
  ) {}

  open(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  wait(): Promise<"again" | "hopeless"> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private async look(): Promise<void> {
    if (this.waiting.length > 0) {
      try {
        await this.decide();
      } catch {
        // The store is slow or away: look again.
      }
    }
    if (!this.closed) this.open();
  }

  private async decide(): Promise<void> {
    const { store, calendar, clock } = this.deps;
    const day = calendar.dayOf(clock());
    const [[tool = EMPTY_DAY], [organisation = EMPTY_DAY]] = await Promise.all([
      store.ledger.days("tool", this.tool, [day]),
      store.ledger.days("organisation", "all", [day]),
    ]);
    const purses = [
      { ...tool, ceiling: this.ceilings.tools[this.tool] ?? null },
      { ...organisation, ceiling: this.ceilings.organisation },
    ].flatMap(({ ceiling, spent, held, holds }) =>
      ceiling === null ? [] : [{ left: ceiling - spent - held, holds }]
    );
    const left = purses.reduce((least, purse) => purse.left < least ? purse.left : least, MOST);
    if (left < this.leastHold) {
      const hopeless = purses.some((purse) => purse.left < this.leastHold && purse.holds === 0);
      if (hopeless) { for (const go of this.waiting.splice(0)) go("hopeless"); }
      return;
    }
    const some = Math.min(200, 1 + Number(left / this.leastHold) / 4);
    for (const go of this.waiting.splice(0, some)) go("again");
  }
}
