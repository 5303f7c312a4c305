import { isBlank, LONGEST_TEXT } from "@/lib/llm/rules/reply_text.ts";
import { costOf, type ModelPrice, worstCase } from "@/lib/llm/rules/prices.ts";
import type { ChatEvent } from "@/lib/shared/chat_events.ts";
import { usdString } from "@/lib/shared/money.ts";
import type { LedgerEntry } from "@/lib/metering/records.ts";
import { type Came, cameOf, isPossible, limitsOf, messagesOf, mostUsed } from "./expected.ts";
import { THOUGHT } from "./streams.ts";
import type { Trial } from "./trials.ts";

/** The outcome of a trial: the requests the server got, and the program's result. */
export interface Result {
  /** Request bodies, including those refused for a field. */
  asked: Record<string, unknown>[];
  /** The person's question; null for actions without text. */
  question: string | null;
  /** Requests that got more than a refusal of a field. */
  answered: number;
  entry: LedgerEntry | null;
  /** The reply as streamed and as stored; null when there is none. */
  streamed: string;
  kept: string | null;
  html: string;
  closing: readonly ChatEvent[];
  price: ModelPrice;
  context: number | null;
  /** Whether this model is known to refuse the system role. */
  systemRefused: boolean;
  /** Replies that were shown to this person. */
  shown: ReadonlySet<string>;
}

/** Error of a turn that never ended. */
export const HUNG = "It never ended";

/** All errors in the outcome of a trial, as sentences. */
export function verdict(trial: Trial, result: Result): string[] {
  const came = cameOf(trial);
  const { closing, entry } = result;
  if (closing.length === 0) return [HUNG];
  return [
    ...result.asked.flatMap((body) => aboutRequest(body, result)),
    ...aboutEnd(trial, came, result),
    ...aboutText(trial, came, result),
    ...aboutCalls(trial, came, result),
    ...(entry ? aboutMoney(trial, came, entry, result) : []),
  ];
}

/** System first, then question and reply alternating, none empty, without thinking. */
function aboutRequest(body: Record<string, unknown>, result: Result): string[] {
  const { question, systemRefused, shown } = result;
  const messages = messagesOf(body);
  const wrong: string[] = [];
  const roles = messages.map(({ role }) => role).join(" ");
  const pattern = systemRefused
    ? /^(system )?user( assistant user)*$/
    : /^system user( assistant user)*$/;
  if (!pattern.test(roles)) wrong.push(`The roles were ${roles}`);
  if (question !== null && !messages.at(-1)?.content.endsWith(question)) {
    wrong.push("The question was not asked");
  }
  for (const { role, content } of messages) {
    if (content.trim() === "") wrong.push(`An empty message of the ${role} was sent`);
    if (!content.isWellFormed()) wrong.push("Half a character was sent");
    if (content.includes(THOUGHT)) wrong.push("Thinking was sent back");
    if (role === "assistant" && !shown.has(content)) wrong.push("A reply was sent that nobody saw");
  }
  return wrong;
}

function aboutEnd({ stopped }: Trial, came: [Came, Came] | null, { closing }: Result): string[] {
  const [cost, last, ...more] = closing;
  if (cost?.type !== "cost" || more.length > 0) return [`It closed with ${typesOf(closing)}`];
  if (last?.type === "done") {
    const whole = stopped || came === null || came[1].ends || last.reason === "length";
    return whole ? [] : ["A reply that broke off is shown as whole"];
  }
  if (last?.type !== "error") return [`It closed with ${typesOf(closing)}`];
  return /\/(internal|store|unsaved)$/.test(last.problem) ? [`It failed as ${last.problem}`] : [];
}

function aboutText(
  { stopped }: Trial,
  came: [Came, Came] | null,
  { streamed, kept, html, closing }: Result,
): string[] {
  const wrong: string[] = [];
  if (`${streamed}${kept}${html}`.includes(THOUGHT)) wrong.push("Thinking is shown");
  if (!streamed.isWellFormed()) wrong.push("Half a character is shown");
  if (streamed.length > LONGEST_TEXT) wrong.push("The reply is longer than any");
  if ((kept ?? "") !== (isBlank(streamed) ? "" : streamed)) wrong.push("What is kept differs");
  const last = closing.at(-1);
  const empty = isBlank(streamed);
  if (last?.type === "done" && empty && last.reason !== "stopped") {
    wrong.push("An empty reply is shown");
  }
  if (came && came[1].plain && !isExpected(streamed, came, stopped)) {
    wrong.push(`It shows ${JSON.stringify(streamed.slice(0, 200))}`);
  }
  return wrong;
}

function isExpected(streamed: string, came: [Came, Came], stopped: boolean): boolean {
  const texts = came.map(({ written }) => written);
  if (texts.includes(streamed)) return true;
  const long = texts.some(({ length }) => length > LONGEST_TEXT);
  const begins = texts.some((text) => text.startsWith(streamed));
  // Trailing white space is not shown.
  if (texts.some((text) => text.trim() === "" && streamed === "")) return true;
  return begins && (stopped || (long && streamed.length > LONGEST_TEXT - 2));
}

/** One entry for each paid call, none for a refused one. */
function aboutCalls(trial: Trial, came: [Came, Came] | null, result: Result): string[] {
  const { asked, answered, entry, streamed } = result;
  const wrong: string[] = [];
  if (answered > 1) wrong.push(`The provider was asked ${answered} times`);
  if (asked.length > 5) wrong.push(`The provider was asked ${asked.length} times`);
  const { status = 200, nothing } = trial.answer;
  const refused = status >= 300 && trial.kind !== "filtered";
  if (refused && !nothing && entry) wrong.push("A refused call is booked");
  const came0 = came?.[0];
  const told = (came0?.bytes ?? 0) > 0 || (came0?.told ?? null) !== null;
  const spoke = streamed !== "" || (!trial.stopped && told);
  if (spoke && !entry) wrong.push("What came is not booked");
  return wrong;
}

function aboutMoney(
  trial: Trial,
  came: [Came, Came] | null,
  entry: LedgerEntry,
  { asked, price, context, closing }: Result,
): string[] {
  const wrong: string[] = [];
  const [cost] = closing;
  if (cost?.type === "cost" && (cost.turn !== usdString(entry.usd) || cost.basis !== entry.basis)) {
    wrong.push(`They were told ${cost.turn} (${cost.basis})`);
  }
  if (entry.usd <= 0n) wrong.push("It is booked at nothing");
  const [first] = asked;
  // Stopped before the request was made.
  if (!first) return wrong;
  const limits = limitsOf(first, context);
  const hold = worstCase(limits.promptTokens, limits.maxTokens, price);
  const most = mostUsed(limits);
  const bound = worstCase(Math.ceil(most.input), most.output, price);
  if (entry.usd > bound) wrong.push(`It is booked at ${entry.usd}, of ${bound} at most`);
  if (entry.basis !== "reported" && entry.usd > hold) {
    wrong.push(`It is ${entry.basis} at ${entry.usd}, of ${hold} at most`);
  }
  if (entry.disbelieved && entry.basis !== "estimated") wrong.push("Not believed, and reported");
  if (came && !trial.stopped) wrong.push(...aboutClaim(came, entry, { limits, price }));
  return wrong;
}

/** A possible usage is booked to the nano-dollar; an impossible one is marked, not booked. */
function aboutClaim(
  came: [Came, Came],
  entry: LedgerEntry,
  { limits, price }: { limits: ReturnType<typeof limitsOf>; price: ModelPrice },
): string[] {
  const is = `${entry.basis}, ${entry.input} and ${entry.output} for ${entry.usd}` +
    (entry.disbelieved ? ", not believed" : "");
  const bytes: [number, number] = [came[0].bytes, came[1].bytes];
  const fits = came.some(({ told }) => {
    if (told === null) return entry.basis !== "reported" && !entry.disbelieved;
    const possible = isPossible(told, bytes, limits);
    const { input, output, reasoning } = told;
    const reported = entry.basis === "reported" && !entry.disbelieved && entry.input === input &&
      entry.output === output && entry.reasoning === reasoning &&
      entry.usd === costOf({ ...told, cached: 0 }, price);
    const doubted = entry.basis === "estimated" && entry.disbelieved === true;
    return possible === null ? reported || doubted : possible ? reported : doubted;
  });
  const told = JSON.stringify(came.map((each) => each.told));
  return fits ? [] : [`Told ${told}, it is booked as ${is}`];
}

const typesOf = (events: readonly ChatEvent[]) => events.map(({ type }) => type).join(", ");
