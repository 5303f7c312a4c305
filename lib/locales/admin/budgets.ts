import { formatUsd, usdString } from "../../shared/money.ts";
import type { AuditView } from "../../shared/views/admin_view.ts";
import { LIMIT_LABELS } from "./settings.ts";

/** Subjects of budgets that are no tool and no key. */
export const BUDGET_SUBJECTS = {
  organisation: "All tools together",
  tools: "Every other tool",
  phone: "Person on WhatsApp",
  page: "Visitor of the page",
  address: "Each address",
} as const;

export const BUDGET_TEXTS = {
  saved: "Saved.",
  none: "none",
  mostUsed: "for the most used",
  spentByAll: (usd: string) => `${usd} by all`,
  address: "Many visitors can share one. No month: addresses are kept for a day only.",
  somebody: "Somebody",
  amount: "Dollars such as 2.00; nothing for no limit.",
  toolDay: "Dollars such as 2.00; nothing for the budget of every other tool.",
  toolMonth: "Dollars such as 20.00, or none; nothing for the budget of every other tool.",
  ceiling: "Dollars such as 10, or none; nothing for what the environment says.",
  percent: "A whole number from 1 to 100; nothing for what the environment says.",
  count: "A whole number from 0 to 1,000,000.",
  gone: "Somebody removed this meanwhile.",
  other: "Choose the tool that this is for.",
  shares: {
    personShare: LIMIT_LABELS.personShare,
    addressShare: LIMIT_LABELS.addressShare,
  },
} as const;

/** Names of the fields, for changes that conflict: "Math Tutor, a day". */
export function budgetFieldLabel(subject: string, window: "day" | "month"): string {
  return `${subject}, a ${window}`;
}

interface BudgetChange {
  /** "the organisation", "Math Tutor". */
  of: string;
  window: "day" | "month";
  before: bigint | null;
  after: bigint | null;
}

const SETTINGS: Readonly<Record<string, Pick<BudgetChange, "of" | "window">>> = {
  organisationMonth: { of: "the organisation", window: "month" },
  toolDay: { of: "every other tool", window: "day" },
  toolMonth: { of: "every other tool", window: "month" },
  addressDay: { of: "each address", window: "day" },
};
const PEOPLE: Readonly<Record<string, string>> = {
  onPhone: "each person on WhatsApp",
  onPage: "each visitor of the page",
};
const MOST = 3;

/**
 * An audit entry that changed nothing but budgets, as the end of a sentence; null for others:
 * "raised the budget of Math Tutor from $1.50 to $2.00 a day".
 */
export function budgetSentence(
  { action, thing, changes }: Pick<AuditView, "action" | "thing" | "changes">,
  nameOf: (id: string) => string,
): string | null {
  const told: BudgetChange[] = [];
  for (const { field, before, after } of changes) {
    if (field === "version") continue;
    const found = changesIn(action, thing, { field, before, after }, nameOf);
    if (found === null) return null;
    told.push(...found);
  }
  if (told.length === 0 || told.length > MOST) return null;
  return told.map(sentenceOf).join(", ");
}

function changesIn(
  action: string,
  thing: string,
  { field, before, after }: AuditView["changes"][number],
  nameOf: (id: string) => string,
): BudgetChange[] | null {
  const id = thing.slice(thing.indexOf(":") + 1);
  const sides = { before: amount(before), after: amount(after) };
  if (action === "tool.change" && field === "ceiling") {
    return [{ of: nameOf(id), window: "day", ...sides }];
  }
  if (action === "key.change" && (field === "day" || field === "month")) {
    return [{ of: `the API key ${id}`, window: field, ...sides }];
  }
  if (action !== "settings.change") return null;
  if (thing === "settings:limits" && field === "organisationCeiling") {
    // An empty value stands for the environment's.
    if (before === "" || after === "") return null;
    return [{ of: "the organisation", window: "day", ...sides }];
  }
  if (thing !== "settings:budgets") return null;
  const simple = Object.hasOwn(SETTINGS, field) ? SETTINGS[field] : undefined;
  if (simple !== undefined) return [{ ...simple, ...sides }];
  const people = Object.hasOwn(PEOPLE, field) ? PEOPLE[field] : undefined;
  const [left, right] = [parts(before), parts(after)];
  if (people !== undefined) {
    return (["day", "month"] as const).flatMap((window) =>
      different({ of: people, window, before: amount(left[window]), after: amount(right[window]) })
    );
  }
  if (field !== "toolMonths") return null;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((tool) =>
    different({
      of: nameOf(tool),
      window: "month",
      before: amount(left[tool]),
      after: amount(right[tool]),
    })
  );
}

function different(change: BudgetChange): BudgetChange[] {
  return change.before === change.after ? [] : [change];
}

function sentenceOf({ of, window, before, after }: BudgetChange): string {
  if (before === null) {
    return after === null
      ? `left the budget of ${of} open`
      : `set the budget of ${of} to ${usd(after)} a ${window}`;
  }
  if (after === null) return `took away the budget of ${of} of ${usd(before)} a ${window}`;
  const verb = after > before ? "raised" : "lowered";
  return `${verb} the budget of ${of} from ${usd(before)} to ${usd(after)} a ${window}`;
}

function usd(amount: bigint): string {
  return amount % 10_000_000n === 0n ? `$${usdString(amount)}` : formatUsd(amount);
}

function amount(text: unknown): bigint | null {
  return typeof text === "string" && /^\d{1,30}$/.test(text) ? BigInt(text) : null;
}

function parts(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
