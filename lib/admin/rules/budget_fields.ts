import { KEY_LIMITS } from "../../api/rules/key_limits.ts";
import { KEY_TAKES } from "../../locales/admin/api_keys.ts";
import { BUDGET_TEXTS as TEXTS } from "../../locales/admin/budgets.ts";
import { amountOf, wholeNumberOf } from "../../settings/rules/form_values.ts";
import type { Settings } from "../../settings/rules/settings.ts";
import { type NanoUsd, usdString } from "../../shared/money.ts";
import type { BudgetFields } from "../../shared/views/budget_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";

/** What the page's fields are stored in. */
export interface BudgetState {
  settings: Pick<Settings, "limits" | "budgets">;
  tools: readonly { id: string; ceiling: NanoUsd | null }[];
  keys: readonly ({ id: string } & KeyAmounts)[];
}

/** Changed limits, ready to be saved. */
export interface BudgetChanges {
  limits: (now: Settings["limits"]) => Settings["limits"];
  budgets: (now: Settings["budgets"]) => Settings["budgets"];
  /** Days of tools, with the values before. */
  ceilings: { id: string; before: NanoUsd | null; after: NanoUsd | null }[];
  /** Limits of keys, with the values before. */
  keys: { id: string; before: KeyAmounts; after: KeyAmounts }[];
}

interface KeyAmounts {
  day: NanoUsd | null;
  month: NanoUsd | null;
}

export const toolDayField = (id: string) => `tool-day-${id}`;
export const toolMonthField = (id: string) => `tool-month-${id}`;
export const keyDayField = (id: string) => `key-day-${id}`;
export const keyMonthField = (id: string) => `key-month-${id}`;

const NONE = "none";
const MOST_REPLIES = 1_000_000;

/** Fields of the settings by name, each with its valid values. */
const CHECKS: Readonly<Record<string, (text: string) => string | null>> = {
  organisationDay: ceilingText,
  organisationMonth: amountText,
  toolDay: amountText,
  toolMonth: amountText,
  phoneDay: amountText,
  phoneMonth: amountText,
  pageDay: amountText,
  pageMonth: amountText,
  addressDay: amountText,
  personShare: percentText,
  addressShare: percentText,
  freeReplies: (text) => wholeNumberOf(text) <= MOST_REPLIES ? null : TEXTS.count,
};

/** The stored limits as texts. */
export function budgetFields(
  { settings: { limits, budgets }, tools, keys }: BudgetState,
): BudgetFields {
  const { organisationCeiling, personShare, addressShare } = limits;
  const { onPhone, onPage, toolMonths } = budgets;
  return {
    organisationDay: typeof organisationCeiling === "bigint"
      ? usdString(organisationCeiling)
      : organisationCeiling ?? "",
    organisationMonth: textOf(budgets.organisationMonth),
    toolDay: textOf(budgets.toolDay),
    toolMonth: textOf(budgets.toolMonth),
    phoneDay: textOf(onPhone.day),
    phoneMonth: textOf(onPhone.month),
    pageDay: textOf(onPage.day),
    pageMonth: textOf(onPage.month),
    addressDay: textOf(budgets.addressDay),
    personShare: String(personShare ?? ""),
    addressShare: String(addressShare ?? ""),
    freeReplies: String(budgets.freeReplies),
    ...Object.fromEntries(tools.flatMap(({ id, ceiling }) => {
      const month = Object.hasOwn(toolMonths, id) ? textOf(toolMonths[id] ?? null, NONE) : "";
      return [[toolDayField(id), textOf(ceiling)], [toolMonthField(id), month]];
    })),
    ...Object.fromEntries(
      keys.flatMap(({ id, day, month }) => [
        [keyDayField(id), textOf(day)],
        [keyMonthField(id), textOf(month)],
      ]),
    ),
  };
}

/** Names of the fields whose texts differ from those shown. */
export function changedBudgets(was: BudgetFields, typed: BudgetFields): string[] {
  return Object.keys(typed).filter((name) => typed[name] !== (was[name] ?? ""));
}

/** Fields that somebody else changed too since they were seen, to something else. */
export function budgetConflicts(
  { was, typed, now }: { was: BudgetFields; typed: BudgetFields; now: BudgetFields },
): string[] {
  return changedBudgets(was, typed).filter((name) =>
    now[name] !== undefined && now[name] !== (was[name] ?? "") && now[name] !== typed[name]
  );
}

/** Errors of the fields named; `now` has the fields that exist. */
export function budgetFindings(
  names: readonly string[],
  typed: BudgetFields,
  now: BudgetFields,
): Finding[] {
  return names.flatMap((field) => {
    const text = now[field] === undefined ? TEXTS.gone : problemOf(field, typed[field] ?? "");
    return text === null ? [] : [{ level: "error", field, text }];
  });
}

function problemOf(field: string, text: string): string | null {
  const check = Object.hasOwn(CHECKS, field) ? CHECKS[field] : undefined;
  if (check !== undefined) return check(text);
  if (field.startsWith("tool-month-")) {
    return isNone(text) || amountOf(text) !== undefined ? null : TEXTS.toolMonth;
  }
  if (field.startsWith("tool-day-")) return amountOf(text) === undefined ? TEXTS.toolDay : null;
  // As the form of a key takes it.
  if (field.startsWith("key-")) {
    const amount = amountOf(text);
    return amount === undefined || (amount ?? 0n) > KEY_LIMITS.amount ? KEY_TAKES.amount : null;
  }
  return amountText(text);
}

/** The changes that the named fields make, which {@link budgetFindings} found right. */
export function budgetChanges(
  names: readonly string[],
  typed: BudgetFields,
  { tools, keys }: BudgetState,
): BudgetChanges {
  const changed = new Set(names);
  const amount = (name: string, before: NanoUsd | null) =>
    changed.has(name) ? amountOf(typed[name] ?? "") ?? null : before;
  const percent = (name: string, before: number | null) =>
    !changed.has(name) ? before : typed[name] === "" ? null : wholeNumberOf(typed[name] ?? "");
  return {
    limits: (now) => ({
      ...now,
      organisationCeiling: changed.has("organisationDay")
        ? ceilingOf(typed.organisationDay ?? "") ?? null
        : now.organisationCeiling,
      personShare: percent("personShare", now.personShare),
      addressShare: percent("addressShare", now.addressShare),
    }),
    budgets: (now) => ({
      organisationMonth: amount("organisationMonth", now.organisationMonth),
      toolDay: amount("toolDay", now.toolDay),
      toolMonth: amount("toolMonth", now.toolMonth),
      toolMonths: tools.reduce((months, { id }) => {
        const name = toolMonthField(id);
        return changed.has(name) ? withMonth(months, id, typed[name] ?? "") : months;
      }, now.toolMonths),
      onPhone: {
        day: amount("phoneDay", now.onPhone.day),
        month: amount("phoneMonth", now.onPhone.month),
      },
      onPage: {
        day: amount("pageDay", now.onPage.day),
        month: amount("pageMonth", now.onPage.month),
      },
      addressDay: amount("addressDay", now.addressDay),
      freeReplies: changed.has("freeReplies")
        ? wholeNumberOf(typed.freeReplies ?? "")
        : now.freeReplies,
    }),
    ceilings: tools.flatMap(({ id, ceiling }) => {
      const after = amount(toolDayField(id), ceiling);
      return after === ceiling ? [] : [{ id, before: ceiling, after }];
    }),
    keys: keys.flatMap(({ id, day, month }) => {
      const after = { day: amount(keyDayField(id), day), month: amount(keyMonthField(id), month) };
      if (after.day === day && after.month === month) return [];
      return [{ id, before: { day, month }, after }];
    }),
  };
}

function withMonth(
  months: Settings["budgets"]["toolMonths"],
  id: string,
  text: string,
): Settings["budgets"]["toolMonths"] {
  const { [id]: _, ...others } = months;
  return text === "" ? others : { ...others, [id]: isNone(text) ? null : amountOf(text) ?? null };
}

function textOf(amount: NanoUsd | null, empty = ""): string {
  return amount === null ? empty : usdString(amount);
}

function isNone(text: string): boolean {
  return text.toLowerCase() === NONE;
}

/** Null for an empty text, undefined for an invalid amount. */
function ceilingOf(text: string): NanoUsd | typeof NONE | null | undefined {
  return isNone(text) ? NONE : amountOf(text);
}

function ceilingText(text: string): string | null {
  return ceilingOf(text) === undefined ? TEXTS.ceiling : null;
}

function amountText(text: string): string | null {
  return amountOf(text) === undefined ? TEXTS.amount : null;
}

function percentText(text: string): string | null {
  const percent = wholeNumberOf(text);
  return text === "" || (percent >= 1 && percent <= 100) ? null : TEXTS.percent;
}
