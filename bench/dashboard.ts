import { Admin, openAdminSite } from "@/tests/support/admin.ts";
import { fillLedger } from "./money_store.ts";
import { median } from "./statistics.ts";

/*
 * Times of the admin's cost pages with no, few and many ledger entries, through the whole HTTP
 * handler. From the main bench, or `deno run -A bench/dashboard.ts [entries]`; the last line is JSON.
 */

const TODAY = "2026-06-15";
const ROUNDS = 200;
/** One per hour of ninety days: as many sums to read as with a million. */
const FEW = 90 * 24;

/** Times of a page with three ledgers; medians in ms. */
export interface PageFigures {
  path: string;
  empty: number;
  few: number;
  full: number;
}

/** Requests each page from all stores in turn, so that other load affects all alike. */
async function dashboardFigures(entries: number, paths: string[]): Promise<PageFigures[]> {
  const folder = await Deno.makeTempDir({ prefix: "bench-dashboard-" });
  const file = (name: string) => `${folder}/${name}.sqlite`;
  await fillLedger(file("few"), FEW, TODAY);
  await fillLedger(file("full"), entries, TODAY);
  await using empty = await openAdminSite({}, file("empty"));
  await using few = await openAdminSite({}, file("few"));
  await using full = await openAdminSite({}, file("full"));
  const admins = await Promise.all([empty, few, full].map((site) => Admin.signIn(site)));
  const figures: PageFigures[] = [];
  for (const path of paths) {
    const times: number[][] = admins.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, admin] of admins.entries()) {
        const began = performance.now();
        const answer = await admin.get(path);
        await answer.text();
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        if (round >= ROUNDS / 10) times[i]?.push(performance.now() - began);
      }
    }
    const [a = NaN, b = NaN, c = NaN] = times.map(median);
    figures.push({ path, empty: a, few: b, full: c });
  }
  await Deno.remove(folder, { recursive: true });
  return figures;
}

if (import.meta.main) {
  const [entries = 1_000_000] = Deno.args.map(Number);
  const figures = await dashboardFigures(entries, ["/admin", "/admin/costs?days=30"]);
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(figures)}\n`));
  Deno.exit(0);
}
