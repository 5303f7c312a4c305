import { checkLedger } from "@/lib/metering/ledger_check.ts";
import type { Message } from "@/lib/chat/records.ts";
import { openStore } from "@/lib/stores.ts";
import { readBooks } from "@/tests/money/books.ts";
import type { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { TUTOR } from "@/tests/support/phones.ts";

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Waits until nothing is left to do; a message with unknown outcome takes a minute to resolve. */
export async function allAnswered(path: string): Promise<void> {
  const store = await openStore({ path, report: () => {} });
  const end = performance.now() + 240_000;
  let still = 0;
  while (still < 3) {
    still = (await store.phones.work()).length === 0 ? still + 1 : 0;
    if (performance.now() > end) break;
    await pause(300);
  }
  await store.close();
}

/**
 * All errors in what became of the phones' messages.
 * @param said the texts of each number, in the order of their acknowledgements
 */
export async function judgePhones(
  path: string,
  twilio: TwilioSimulator,
  said: ReadonlyMap<string, readonly string[]>,
): Promise<{ wrong: string[]; figures: Record<string, number> }> {
  const wrong: string[] = [];
  const store = await openStore({ path, report: () => {} });
  const kv = await Deno.openKv(path);
  const books = await readBooks(kv);
  const { difference } = await checkLedger(store);
  if (difference !== null) wrong.push(difference);
  if (books.running.length > 0) wrong.push(`${books.running.length} turns still run`);
  for (const [place, { held }] of books.days) if (held !== 0n) wrong.push(`${place} holds ${held}`);
  const turnsPaid = new Map<string, number>();
  for (const { turn } of books.entries) turnsPaid.set(turn, (turnsPaid.get(turn) ?? 0) + 1);
  let turns = 0, partial = 0, joined = 0, sent = 0;
  const states: Record<string, number> = {};
  for (const [number, expected] of said) {
    const phone = await store.phones.get(number);
    if (phone === null) {
      wrong.push(`${number} is not known`);
      continue;
    }
    const head = books.heads.get(`${phone.own} ${TUTOR}`);
    const heard = books.messages.get(head?.conversation ?? "") ?? [];
    const asked = heard.filter(({ role }) => role === "user");
    const lines = asked.flatMap(({ text }) => text.split("\n"));
    if (lines.join("|") !== expected.join("|")) wrong.push(`${number} asked ${lines.join("|")}`);
    wrong.push(...pairs(heard).map((what) => `${number}: ${what}`));
    turns += asked.length;
    joined += lines.length - asked.length;
    const rows = (await store.phones.outbox(number, phone.next, 1_000)).map((row) => row.message);
    for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
    const replies = rows.filter(({ kind }) => kind === "reply");
    const replied = replies.map(({ turn }) => turn);
    if (replied.join() !== asked.map(({ turn }) => turn).join()) {
      wrong.push(`${number} was answered ${replied.join()} to ${asked.map((a) => a.turn).join()}`);
    }
    const bodies = rows.map(({ body }) => body);
    const received = twilio.phone(number).texts();
    if (received.join("\u0000") !== bodies.join("\u0000")) {
      const missing = rows.filter(({ body }) => !received.includes(body))
        .map(({ state, why, tries, absences }) => JSON.stringify({ state, why, tries, absences }));
      wrong.push(
        `${number} got ${received.length} messages, ${bodies.length} were to be sent; missing: ${missing}`,
      );
    }
    sent += received.length;
    for (const { turn, role, reply } of heard) {
      if (role !== "assistant") continue;
      if (turnsPaid.get(turn) !== 1) {
        wrong.push(`Turn ${turn} was paid ${turnsPaid.get(turn)} times`);
      }
      if (reply?.reason === "interrupted") partial++;
    }
  }
  const inbound = books.entries.filter(({ turn }) => turn.endsWith(".in")).length;
  const all = [...said.values()].reduce((sum, texts) => sum + texts.length, 0);
  if (inbound !== all) wrong.push(`${inbound} messages were paid for`);
  kv.close();
  await store.close();
  return {
    wrong,
    figures: {
      turns,
      "messages joined to a turn": joined,
      "replies cut off by a kill": partial,
      "messages sent": sent,
      "messages in doubt that were not sent again": states.unknown ?? 0,
      "entries of the ledger": books.entries.length,
    },
  };
}

/** Errors in the alternation of questions and replies. */
function pairs(said: readonly Message[]): string[] {
  const wrong: string[] = [];
  for (let i = 0; i < said.length; i += 2) {
    const [question, reply] = [said[i], said[i + 1]];
    if (question?.role !== "user" || reply?.role !== "assistant" || reply.turn !== question.turn) {
      wrong.push(`message ${i} has no reply of its own`);
    }
  }
  return wrong;
}
