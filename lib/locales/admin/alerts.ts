import { modelEndAlert } from "./models.ts";
import { PROVIDER_NAMES } from "./providers.ts";
import { formatUsd, type NanoUsd, usdString } from "../../shared/money.ts";

/** Spending that reached a share of a ceiling, or a conversation's that reached a sum. */
interface Spending {
  scope: "tool" | "organisation" | "session";
  window?: "day" | "month";
  percent: number;
  spent: NanoUsd;
  ceiling: NanoUsd;
}

/** `tool` is the name of the tool concerned. */
export function spendingAlert(
  { scope, window = "day", percent, spent, ceiling }: Spending,
  tool: string,
): string {
  if (scope === "session") return `A conversation with ${tool} has cost ${formatUsd(spent)}.`;
  const whose = scope === "organisation" ? "All tools together have" : `${tool} has`;
  return `${whose} come to ${percent}% of the ${window}'s budget: ${formatUsd(spent)} of ${
    formatUsd(ceiling)
  }.`;
}

/** The same for programs, with exact amounts. */
export function exactSpending(
  { scope, window, percent, spent, ceiling }: Spending,
  name: string,
): string {
  const who = scope === "organisation"
    ? "The organisation"
    : scope === "tool"
    ? `The tool ${name}`
    : `A conversation with ${name}`;
  return `${who} has spent $${usdString(spent)}, ${percent}% of $${usdString(ceiling)}${
    window === "month" ? " a month" : ""
  }.`;
}

/** Several conversations with a tool that passed the limit. */
export function dearConversations(count: number, tool: string, most: NanoUsd): string {
  return `${count} conversations with ${tool} passed the limit for an alert. The most expensive has cost ${
    formatUsd(most)
  }.`;
}

const titleOf = (provider: string) => PROVIDER_NAMES.get(provider) ?? provider;

/** Implausible figures in a provider's usage claim. */
export const DOUBT_CODES = [
  "above_hold",
  "cached_above_input",
  "input_too_long",
  "input_too_short",
  "no_count",
  "no_length",
  "output_too_long",
  "output_too_short",
  "reasoning_above_output",
  "too_many_seconds",
] as const;
export type DoubtCode = (typeof DOUBT_CODES)[number];

const DOUBTS: Readonly<Record<DoubtCode, string>> = {
  above_hold: "more than was held",
  no_count: "a count that is none",
  input_too_long: "more input than the model can read",
  output_too_long: "a longer reply than the model can write",
  cached_above_input: "more cached input than input",
  reasoning_above_output: "more reasoning than output",
  input_too_short: "less input than was sent",
  output_too_short: "less output than came",
  no_length: "a length that is none",
  too_many_seconds: "more seconds than the recording has",
};

/** Text of a doubt; alerts of earlier versions hold texts already. */
export function doubtText(why: string | number | undefined): string {
  return new Map<unknown, string>(Object.entries(DOUBTS)).get(why) ?? String(why);
}

/** Why a guard paused an experiment. */
const GUARD_REASONS: ReadonlyMap<string, string> = new Map([
  ["errors", "fails clearly more often than A"],
  ["cost", "costs at least twice as much as A"],
  ["measure", "does clearly worse than A"],
]);

type Params = Readonly<Record<string, string | number>>;

/** Explanations of faults; `name` is the subject. */
export const FAULT_ALERTS = {
  usage_not_believed: (name: string, { why, booked }: Params) =>
    `${name} reported figures that cannot be true (${doubtText(why)}). ${
      booked === "estimate"
        ? "An estimate of what it cost was booked instead."
        : "The most it may have cost was booked instead."
    }`,
  usage_above_hold: (name: string) =>
    `${name} billed more than the most that was expected. It was booked in full; ` +
    "check the model's price and context.",
  account_empty: (name: string) =>
    `The account at ${titleOf(name)} has no money left, so replies fail. Add credit there.`,
  model_ends: modelEndAlert,
  model_ended: modelEndAlert,
  key_refused: (name: string) =>
    `${titleOf(name)} refuses our key, so it is not asked any longer. Set a valid key and restart.`,
  clock_jumped: (_name: string, { days }: Params) =>
    `The server's clock jumped by ${days} days. Nothing is deleted by age until it is right again.`,
  store_not_writable: () =>
    "The store takes no writes. Check the disk's free space and the data folder's rights.",
  backup_failed: (code: string) =>
    `${BACKUP_FAULT_TEXTS.get(code) ?? "A backup failed."} Look at Backups.`,
  experiment_paused: (name: string, { letter, guard, tool }: Params) =>
    `The experiment “${name}” is paused: version ${letter} ${
      GUARD_REASONS.get(String(guard)) ?? "is clearly worse than A"
    }. Everybody gets ${tool} as it is.`,
  no_ceiling: () =>
    "Nothing limits what all tools together may cost in a day. Set one under Budgets.",
} as const;

/** Why a backup is none to rely on. */
export const BACKUP_FAULT_TEXTS: ReadonlyMap<string, string> = new Map([
  ["not_made", "A backup could not be made."],
  ["not_copied", "A backup could not be copied to the bucket."],
  ["not_restored", "A backup could not be restored for a trial."],
  ["books_differ", "The books of a backup do not add up."],
  ["not_replaced", "A backup could not be put in place of the store. Nothing was changed."],
]);

/** The alert that tests the webhook, and its results. */
export const TEST_ALERT = {
  text: "This is a test alert of OBT Helper. Nothing has happened.",
  noWebhook: "There is no webhook yet: save its address first.",
  taken: (host: string | null) => `The test alert was taken by ${host}.`,
  notTaken: (host: string | null) =>
    `The test alert was not taken by ${host}. The server's log says why.`,
} as const;
