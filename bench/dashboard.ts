import { Admin, openAdminSite } from "@/tests/support/admin.ts";
import { fillLedger } from "./money_store.ts";
import { median } from "./statistics.ts";

/*
 * What the admin's pages of costs take beside few and many entries of the
 * ledger, through the whole HTTP handler: `deno run -A bench/dashboard.ts [entries]`.
 * Or from the main bench, by the function below.
 */

const TODAY = "2026-06-15";
const ROUNDS = 200;

/** A page beside an empty ledger and a full one. */
export interface PageFigures {
  path: string;
  /** Medians in milliseconds. */
  ms: [empty: number, full: number];
  ratio: number;
}

/** Asks for each page of two stores in turns, so that whatever else the machine does meets both. */
export async function dashboardFigures(
  entries = 1_000_000,
  paths = ["/admin", "/admin/costs?days=30"],
): Promise<PageFigures[]> {
  const folder = await Deno.makeTempDir({ prefix: "bench-dashboard-" });
  const files = [`${folder}/empty.sqlite`, `${folder}/full.sqlite`] as const;
  await fillLedger(files[1], entries, TODAY);
  await using empty = await openAdminSite({}, files[0]);
  await using full = await openAdminSite({}, files[1]);
  const admins = [await Admin.signIn(empty), await Admin.signIn(full)];
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
    const [a = NaN, b = NaN] = times.map(median);
    figures.push({ path, ms: [a, b], ratio: b / a });
  }
  await Deno.remove(folder, { recursive: true });
  return figures;
}

if (import.meta.main) {
  const [entries = 1_000_000] = Deno.args.map(Number);
  for (const { path, ms: [empty, full], ratio } of await dashboardFigures(entries)) {
    const text = `${path}: ${empty.toFixed(2)} ms empty, ${full.toFixed(2)} ms with ${entries} ` +
      `entries, ratio ${ratio.toFixed(2)}\n`;
    Deno.stdout.writeSync(new TextEncoder().encode(text));
  }
  Deno.exit(0);
}
