import type { Config } from "../config.ts";
import { checkLedger } from "../metering/ledger_check.ts";
import { openStore } from "../stores.ts";

/** `ledger:verify`: compares recomputed sums of the entries with the stored ones; exit code. */
export async function ledgerVerify(
  config: Config,
  say: (line: string) => void,
): Promise<number> {
  const store = await openStore({ path: config.KV_PATH, report: say });
  try {
    const { entries, totals, difference, unsettled } = await checkLedger(store);
    say(
      difference === null
        ? `Equal: ${totals} sums are those of ${entries} entries`
        : unsettled
        ? "Not certain: the books changed during each check. Run it again at a quieter time."
        : `Different: ${difference}`,
    );
    return difference === null ? 0 : 1;
  } finally {
    await store.close();
  }
}
