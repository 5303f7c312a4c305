import { type auditCrowd, worstCaseOf } from "./audit.ts";
import type { Books } from "./books.ts";
import { type Ceilings, type Inspector, percentile } from "./inspector.ts";
import type { WorkerReport } from "./worker.ts";

export const PROMPT = "You help with everyday questions, in short and plain words.";
/** Approximate bytes of a question, with the overhead of each message. */
const PROMPT_TOKENS = PROMPT.length + 48;
/** The hold of the shortest permitted reply, at the cheaper model's price. */
export const LEAST_HOLD = worstCaseOf("gpt-6-luna", PROMPT_TOKENS, 64);

/**
 * Checks that each ceiling was used up to less than the smallest hold, and that chats were refused
 * by used-up ceilings only.
 */
export function checkUse(
  books: Books,
  refused: ReadonlySet<string>,
  ceilings: Ceilings,
  reports: readonly WorkerReport[],
): string[] {
  const wrong = refused.size === 0 ? ["No chat was refused: no ceiling was reached"] : [];
  const lefts = leftOf(books, ceilings);
  const usedUp = (place: string) => (lefts.get(place) ?? LEAST_HOLD) < LEAST_HOLD;
  for (const tool of refused) {
    if (!usedUp(`tool ${tool}`) && !usedUp("organisation all")) {
      wrong.push(`${tool} refused, though ${[...lefts]} is left`);
    }
  }
  for (const place of lefts.keys()) {
    const peak = peakOf(place, reports);
    if (peak <= BigInt(ceilingOf(place, ceilings)) - LEAST_HOLD) {
      wrong.push(`${place} was never reached: ${peak} at most`);
    }
  }
  return wrong;
}

function peakOf(place: string, reports: readonly WorkerReport[]): bigint {
  const peaks = reports.map((report) => BigInt(report.peaks[place] ?? "0"));
  return peaks.reduce((a, b) => a > b ? a : b, 0n);
}

/** The remainder of each ceiling. */
function leftOf(books: Books, ceilings: Ceilings): Map<string, bigint> {
  const lefts = new Map<string, bigint>();
  for (const [place, total] of books.days) {
    const [, scope, name = ""] = place.split(" ");
    const ceiling = scope === "tool"
      ? ceilings.tools[name]
      : scope === "organisation"
      ? ceilings.organisation
      : null;
    if (ceiling !== null && ceiling !== undefined) {
      lefts.set(`${scope} ${name}`, ceiling - total.spent);
    }
  }
  return lefts;
}

export function figuresOf(
  { ceilings, chats, processes }: { ceilings: Ceilings; chats: number; processes: number },
  reports: readonly WorkerReport[],
  watcher: Inspector,
  audit: ReturnType<typeof auditCrowd>,
  books: Books,
): Record<string, string | number> {
  const begin = reports.flatMap((report) => report.waits.begin);
  const settle = reports.flatMap((report) => report.waits.settle);
  const sum = (of: (report: WorkerReport) => number) => reports.reduce((n, r) => n + of(r), 0);
  const ms = Math.max(...reports.map((report) => report.ms));
  const commits = sum((r) => r.counts.groups);
  const places = new Set([
    ...watcher.peaks.keys(),
    ...reports.flatMap((r) => Object.keys(r.peaks)),
  ]);
  return {
    "chats, processes": `${chats}, ${processes}`,
    "questions, begun, entries": `${audit.questions}, ${audit.begun}, ${audit.entries}`,
    "seconds": Math.round(ms / 100) / 10,
    "turns a second": Math.round(audit.begun / ms * 1000),
    "begin wait ms, p50, p99": `${round(percentile(begin, 0.5))}, ${
      round(percentile(begin, 0.99))
    }`,
    "settle wait ms, p50, p99": `${round(percentile(settle, 0.5))}, ${
      round(percentile(settle, 0.99))
    }`,
    "commits, conflicts": `${commits}, ${sum((r) => r.counts.conflicts)}`,
    "commits a turn": round(commits / audit.begun),
    "keys read": sum((r) => r.counts.reads),
    "day records looked at, written and read": `${sum((r) => r.inspected)}, ${watcher.seen}`,
    ...Object.fromEntries(
      [...places].map((place) => [
        `most of ${place}`,
        `${peakOf(place, reports)} of ${ceilingOf(place, ceilings)}`,
      ]),
    ),
    ...Object.fromEntries(
      [...leftOf(books, ceilings)].map(([place, left]) => [`left of ${place}`, String(left)]),
    ),
    "least hold": String(LEAST_HOLD),
    "texts and stops left behind": books.leftovers.length,
    "errors": JSON.stringify(reports.map((report) => report.errors)),
    "logged": JSON.stringify(reports.map((report) => report.logged)),
  };
}

function ceilingOf(place: string, ceilings: Ceilings): string {
  const [scope, name = ""] = place.split(" ");
  return String(scope === "tool" ? ceilings.tools[name] : ceilings.organisation);
}

const round = (value: number) => Math.round(value * 100) / 100;
