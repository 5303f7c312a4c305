import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { type Books, checkTotals, readBooks } from "@/tests/money/books.ts";
import type { World } from "@/tests/support/world.ts";

/** Errors in the books after all turns, as the program reads them. */
export async function checkOpen(world: World): Promise<string[]> {
  const { store, calendar, clock } = world.deps;
  const { difference } = await checkLedger(store);
  const wrong = difference === null ? [] : [difference];
  const alerts = await store.alerts.ofDay(calendar.dayOf(clock()));
  const told = new Set(alerts.flatMap(({ alert }) => alert.scope === "fault" ? alert.name : []));
  for (const { model, disbelieved } of (await Array.fromAsync(store.ledger.all())).flat()) {
    if (disbelieved && !told.has(`${model} (openai)`)) wrong.push(`No alert names ${model}`);
  }
  return [...new Set(wrong)];
}

/** Errors in the books as stored, after the program has ended. */
export async function checkClosed(path: string): Promise<string[]> {
  using kv = await Deno.openKv(path);
  const books = await readBooks(kv);
  const wrong = [...checkTotals(books), ...checkReplies(books)];
  for (const { running } of books.running) wrong.push(`${running.turn} still runs`);
  for (const key of books.leftovers) wrong.push(`${key.join(" ")} was left behind`);
  for (const [place, { held, holds }] of books.days) {
    if (held !== 0n || holds !== 0) wrong.push(`${place} holds ${held} in ${holds}`);
  }
  const spent = books.entries.reduce((sum, { usd }) => sum + usd, 0n);
  for (const kind of ["person_share", "address_share"] as const) {
    let used = 0n;
    for await (const { key, value } of kv.list({ prefix: [kind] })) {
      const { all, tools } = meteringKeys.personShare("").schema.parse(value);
      used += all.spent;
      const held = [all, ...Object.values(tools)].some((each) => each.held !== 0n);
      if (held) wrong.push(`${key.join(" ")} holds something`);
    }
    if (used !== spent) wrong.push(`Of ${spent} that were spent, ${used} are in a ${kind}`);
  }
  return wrong;
}

/** Each reply matches its entry; each conversation matches the sum of its turns. */
function checkReplies({ entries, messages, heads, running }: Books): string[] {
  const wrong: string[] = [];
  const costs = new Map(entries.map(({ turn, usd }) => [turn, usd]));
  for (const { turn, reply } of [...messages.values()].flat()) {
    if (reply && reply.cost.usd !== (costs.get(turn) ?? 0n)) {
      wrong.push(`The reply of ${turn} and its entry differ`);
    }
  }
  const inHeads = [...heads.values()].reduce((sum, { spent }) => sum + spent, 0n);
  const booked = [...costs.values()].reduce((sum, usd) => sum + usd, 0n);
  if (running.length === 0 && inHeads !== booked) {
    wrong.push(`Conversations say ${inHeads}, their turns cost ${booked}`);
  }
  return wrong;
}
