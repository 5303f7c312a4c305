import { BUDGET_SUBJECTS as SUBJECTS, BUDGET_TEXTS as TEXTS } from "../../locales/admin/budgets.ts";
import { budgetFieldLabel } from "../../locales/admin/budgets.ts";
import { LIMITS } from "../../locales/admin/settings.ts";
import type { ApiKeys } from "../../api/api_keys.ts";
import type { Config } from "../../config.ts";
import { organisationCeiling } from "../../metering/budgets_in_force.ts";
import { ALL, type BoundScope, meteringKeys } from "../../metering/records.ts";
import { EMPTY_DAY, type Ledger, monthOf } from "../../metering/ledger.ts";
import type { Calendar } from "../../platform/calendar.ts";
import { AppError } from "../../platform/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import { formatCents, type NanoUsd, usdString } from "../../shared/money.ts";
import type { BudgetFields, BudgetRow, BudgetsView } from "../../shared/views/budget_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { SettingsConflict } from "../../shared/views/settings_view.ts";
import type { Kv } from "../../store/kv.ts";
import type { Transactions, WritePart } from "../../store/transactions.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { ToolChecks } from "../../tools/tool_checks.ts";
import type { ToolEditing } from "../../tools/tool_editing.ts";
import { phoneKeys } from "../../whatsapp/records.ts";
import * as rules from "../rules/budget_fields.ts";
import type { SettingsService } from "./settings_service.ts";

interface Needs {
  store: { settings: StoredSettings; tools: Tools; ledger: Ledger; kv: Kv } & Committing;
  config: Config;
  calendar: Calendar;
  clock: Clock;
}

type Committing = { transactions: Transactions };

interface BudgetParts {
  settings: SettingsService;
  editing: ToolEditing;
  keys: ApiKeys;
  checks: ToolChecks;
}

/** The form as an admin sent it. */
export interface SentBudgets {
  typed: BudgetFields;
  /** Values shown to the admin; null if unknown. */
  was: BudgetFields | null;
}

export type BudgetOutcome =
  | { kind: "saved" }
  | { kind: "wrong"; findings: Finding[] }
  /** `now` are the stored fields, `fields` the same with the typed changes. */
  | { kind: "conflict"; conflict: SettingsConflict; now: BudgetFields; fields: BudgetFields };

/** Concurrent saves by others that are merged before giving up. */
const MERGES = 5;

/** All limits of money in one place: their amounts, use and changes. */
export class BudgetService {
  constructor(private readonly deps: Needs, private readonly parts: BudgetParts) {}

  /** The stored limits as texts by field. */
  async fields(): Promise<BudgetFields> {
    return rules.budgetFields(await this.state());
  }

  /** Limits in force with their use; tools in `named` have rows of their own. */
  async view(named: readonly string[] = []): Promise<BudgetsView> {
    const { store, config, calendar, clock } = this.deps;
    const { settings: { budgets, alerts }, tools, keys } = await this.state();
    const day = calendar.dayOf(clock()), month = monthOf(day);
    const isNamed = ({ id, ceiling }: Tool) =>
      ceiling !== null || Object.hasOwn(budgets.toolMonths, id) || named.includes(id);
    const own = tools.filter(isNamed), others = tools.filter((tool) => !isNamed(tool));
    const used = async (scope: BoundScope, name: string) => {
      const [[today = EMPTY_DAY], inMonth] = await Promise.all([
        store.ledger.shown(scope, name, [day]),
        store.ledger.month(scope, name, month),
      ]);
      return { today: today.spent, thisMonth: inMonth.spent };
    };
    const inChannel = async (channel: string) =>
      (await store.ledger.shown("channel", channel, [day]))[0]?.spent ?? 0n;
    const keyDays = store.kv.getMany(
      keys.map(({ id }) => meteringKeys.budget(day, "api_key", id, "")),
    );
    const [all, ofOwn, ofOthers, phones, web, ofKeys, replies] = await Promise.all([
      used("organisation", ALL),
      Promise.all(own.map(({ id }) => used("tool", id))),
      Promise.all(others.map(({ id }) => used("tool", id))),
      inChannel("whatsapp"),
      inChannel("web"),
      keyDays,
      store.kv.get(phoneKeys.replies(month)),
    ]);
    const { onPhone, onPage } = budgets;
    const most = (amounts: readonly NanoUsd[]) => amounts.reduce((a, b) => a > b ? a : b, 0n);
    return {
      organisation: {
        ...row(SUBJECTS.organisation, "organisationDay", "organisationMonth"),
        dayEmpty: this.environmentCeiling(),
        ...all,
        dayLimit: organisationCeiling(this.deps),
        monthLimit: budgets.organisationMonth,
      },
      tools: [
        ...own.map((tool, i): BudgetRow => ({
          ...row(tool.name, rules.toolDayField(tool.id), rules.toolMonthField(tool.id)),
          dayEmpty: asOthers(budgets.toolDay),
          monthEmpty: asOthers(budgets.toolMonth),
          ...ofOwn[i],
          dayLimit: tool.ceiling ?? budgets.toolDay,
          monthLimit: Object.hasOwn(budgets.toolMonths, tool.id)
            ? budgets.toolMonths[tool.id] ?? null
            : budgets.toolMonth,
        })),
        {
          ...row(SUBJECTS.tools, "toolDay", "toolMonth"),
          today: most(ofOthers.map(({ today }) => today)),
          thisMonth: most(ofOthers.map(({ thisMonth }) => thisMonth)),
          dayLimit: budgets.toolDay,
          monthLimit: budgets.toolMonth,
          about: TEXTS.mostUsed,
        },
      ],
      others: others.map(({ id, name }) => ({ id, name })),
      people: [
        {
          ...row(SUBJECTS.phone, "phoneDay", "phoneMonth"),
          about: spentByAll(phones),
          ...of(onPhone),
        },
        { ...row(SUBJECTS.page, "pageDay", "pageMonth"), about: spentByAll(web), ...of(onPage) },
        {
          ...row(SUBJECTS.address, "addressDay", null),
          dayLimit: budgets.addressDay,
          about: TEXTS.address,
        },
      ],
      shares: [
        share("personShare", config.PERSON_SHARE_PERCENT),
        share("addressShare", config.ADDRESS_SHARE_PERCENT),
      ],
      keys: keys.map((key, i) => ({
        ...row(key.name, rules.keyDayField(key.id), rules.keyMonthField(key.id)),
        today: ofKeys[i]?.value?.spent ?? 0n,
        thisMonth: key.spent,
        ...of(key),
      })),
      replies: replies.value ?? 0,
      alertsAt: alerts.shares,
      timeZone: config.TIME_ZONE,
    };
  }

  /** Saves all changed limits, after all of them were found right; nothing typed is lost. */
  async save(who: string, { typed, was }: SentBudgets): Promise<BudgetOutcome> {
    await this.deps.store.settings.refresh();
    let seen = was;
    for (let triesLeft = MERGES;; triesLeft--) {
      const state = await this.state();
      const now = rules.budgetFields(state);
      seen ??= now;
      const changed = rules.changedBudgets(seen, typed);
      const findings = rules.budgetFindings(changed, typed, now);
      if (findings.length > 0) return { kind: "wrong", findings };
      const conflicts = rules.budgetConflicts({ was: seen, typed, now });
      if (conflicts.length > 0) {
        const mine = changed.map((name) => [name, typed[name] ?? ""]);
        return {
          kind: "conflict",
          now,
          fields: { ...now, ...Object.fromEntries(mine) },
          conflict: this.conflictOf(conflicts, typed, now, state),
        };
      }
      const differing = changed.filter((name) => now[name] !== typed[name]);
      const changes = rules.budgetChanges(differing, typed, state);
      const low = this.tooLow(changes, state.tools);
      if (low.length > 0) return { kind: "wrong", findings: low };
      try {
        await this.store(who, changes);
        return { kind: "saved" };
      } catch (error) {
        // Changed or gone meanwhile: compared again.
        const outdated = error instanceof AppError && ["conflict", "missing"].includes(error.kind);
        if (!outdated || triesLeft === 0) throw error;
      }
    }
  }

  /** Days with which a tool would answer nobody, as its editor finds them. */
  private tooLow({ ceilings }: rules.BudgetChanges, tools: readonly Tool[]): Finding[] {
    return ceilings.flatMap(({ id, after: ceiling }) => {
      const tool = tools.find((each) => each.id === id);
      return (tool ? this.parts.checks.among({ ...tool, ceiling }, tools) : [])
        .filter(({ field, level }) => field === "ceiling" && level === "error")
        .map((finding) => ({ ...finding, field: rules.toolDayField(id) }));
    });
  }

  private async store(who: string, changes: rules.BudgetChanges): Promise<void> {
    const { settings, editing, keys } = this.parts;
    const seen = settings.current.version;
    const part = together([
      settings.part(who, seen, [
        { group: "limits", edit: (now) => ({ ...now, limits: changes.limits(now.limits) }) },
        { group: "budgets", edit: (now) => ({ ...now, budgets: changes.budgets(now.budgets) }) },
      ]),
      ...changes.keys.map(({ id, before, after }) => keys.limitsPart(who, id, before, after)),
    ]);
    if (changes.ceilings.length > 0) await editing.setCeilings(who, changes.ceilings, part);
    else await this.deps.store.transactions.run(part.reads, part.write, part.weight);
    await settings.taken();
  }

  private conflictOf(
    names: readonly string[],
    typed: BudgetFields,
    now: BudgetFields,
    { settings: { changes }, tools, keys }: Awaited<ReturnType<BudgetService["state"]>>,
  ): SettingsConflict {
    const last = changes.budgets ?? changes.limits;
    const bySettings = names.some((name) => !/^(tool|key)-(day)-/.test(name));
    const labels = new Map(
      tools.map(({ id, name }) => [rules.toolDayField(id), budgetFieldLabel(name, "day")]),
    );
    for (const { id, name } of tools) {
      labels.set(rules.toolMonthField(id), budgetFieldLabel(name, "month"));
    }
    for (const { id, name } of keys) {
      labels.set(rules.keyDayField(id), budgetFieldLabel(name, "day"));
      labels.set(rules.keyMonthField(id), budgetFieldLabel(name, "month"));
    }
    return {
      by: (bySettings && last?.by) || TEXTS.somebody,
      at: (bySettings && last?.at) || this.deps.clock(),
      changes: names.map((name) => ({
        field: labels.get(name) ?? name,
        theirs: now[name] ?? "",
        yours: typed[name] ?? "",
      })),
    };
  }

  private async state() {
    const [tools, keys] = await Promise.all([
      this.deps.store.tools.list(),
      this.parts.keys.list(),
    ]);
    return { settings: this.parts.settings.current, tools, keys };
  }

  private environmentCeiling(): string {
    const { config, store } = this.deps;
    const stored = store.settings.defaults.organisationCeiling;
    return config.ORGANISATION_CEILING_USD ?? (stored === null ? TEXTS.none : usdString(stored));
  }
}

function together(parts: readonly WritePart[]): WritePart {
  return {
    reads: parts.flatMap(({ reads }) => reads),
    weight: parts.reduce((sum, { weight }) => sum + weight, 0),
    write: (tx) => parts.every((part) => part.write(tx)),
  };
}

function row(name: string, day: string | null, month: string | null): BudgetRow {
  return {
    name,
    day,
    month,
    dayEmpty: TEXTS.none,
    monthEmpty: TEXTS.none,
    today: null,
    thisMonth: null,
    dayLimit: null,
    monthLimit: null,
    about: null,
  };
}

function of({ day, month }: { day: NanoUsd | null; month: NanoUsd | null }) {
  return { dayLimit: day, monthLimit: month };
}

function spentByAll(spent: NanoUsd): string {
  return TEXTS.spentByAll(formatCents(spent, "en") ?? "<1¢");
}

function asOthers(limit: NanoUsd | null): string {
  return limit === null ? TEXTS.none : usdString(limit);
}

function share(field: "personShare" | "addressShare", environment: number) {
  return { field, label: TEXTS.shares[field], about: LIMITS[field], environment };
}
