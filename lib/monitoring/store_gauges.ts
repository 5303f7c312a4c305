import type { BackupState } from "../backup/records.ts";
import type { Config } from "../config.ts";
import { organisationCeiling, toolCeiling } from "../metering/budgets_in_force.ts";
import { RunningCalls } from "../metering/calls/running_calls.ts";
import { countedOf, EMPTY_DAY, type Ledger } from "../metering/ledger.ts";
import { ALL, type DayTotal } from "../metering/records.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import { NANO_PER_USD, type NanoUsd } from "../shared/money.ts";
import type { EndingModel } from "../shared/views/model_view.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Kv } from "../store/kv.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Phones } from "../whatsapp/phones.ts";
import { type Metric, single } from "./rules/exposition.ts";

export interface GaugeDeps {
  store: {
    kv: Kv;
    ledger: Ledger;
    phones: Phones;
    processes: ProcessRegistry;
    settings: StoredSettings;
    tools: Tools;
  };
  calendar: Calendar;
  clock: Clock;
  config: Config;
}

/** Other capabilities' figures. */
export interface GaugeSources {
  endingModels(): Promise<EndingModel[]>;
  /** Null without a place for backups. */
  backups(): Promise<BackupState | null>;
}

/** Most tools with figures of their own. */
const MOST_TOOLS = 100;
const MOST_MODELS = 100;

/** Figures of the whole store, read when they are asked for; all processes tell the same. */
export async function storeGauges(deps: GaugeDeps, sources: GaugeSources): Promise<Metric[]> {
  const { store, clock } = deps;
  const now = clock();
  const [money, inbox, oldest, ending, backups] = await Promise.all([
    moneyGauges(deps),
    store.phones.unanswered(),
    new RunningCalls(store).oldest(),
    sources.endingModels(),
    sources.backups(),
  ]);
  const age = (at: number | undefined | null) =>
    at === undefined || at === null ? null : Math.max(0, now - at) / 1000;
  return [
    ...money,
    { name: "obt_held_oldest_seconds", type: "gauge", values: single(age(oldest) ?? 0) },
    { name: "obt_inbox_depth", type: "gauge", values: single(inbox.count) },
    { name: "obt_inbox_oldest_seconds", type: "gauge", values: single(age(inbox.oldest) ?? 0) },
    {
      name: "obt_model_ends_timestamp_seconds",
      type: "gauge",
      values: ending.slice(0, MOST_MODELS).map(({ provider, name, endsOn }) => ({
        labels: { provider, model: name },
        value: Date.parse(`${endsOn}T00:00:00Z`) / 1000,
      })),
    },
    { name: "obt_backup_age_seconds", type: "gauge", values: single(age(backups?.made?.at)) },
    {
      name: "obt_backup_proven_age_seconds",
      type: "gauge",
      values: single(age(backups?.proven?.at)),
    },
    {
      name: "obt_backup_failed",
      type: "gauge",
      values: single(backups && (backups.failed === null ? 0 : 1)),
    },
  ];
}

async function moneyGauges(deps: GaugeDeps): Promise<Metric[]> {
  const { store, calendar, clock } = deps;
  const day = calendar.dayOf(clock());
  const tools = (await store.tools.list()).slice(0, MOST_TOOLS);
  const totalOf = async (scope: "tool" | "organisation", name: string) =>
    (await store.ledger.shown(scope, name, [day]))[0] ?? EMPTY_DAY;
  const whole = await totalOf("organisation", ALL);
  const found = await Promise.all(
    tools.map(async (tool) => ({ tool, total: await totalOf("tool", tool.id) })),
  );
  return [
    {
      name: "obt_spent_today_usd",
      type: "gauge",
      values: found.map(({ tool: { id: tool }, total }) => ({
        labels: { tool },
        value: usd(total.spent),
      })),
    },
    {
      name: "obt_held_usd",
      type: "gauge",
      values: [
        { labels: { budget: "organisation" }, value: usd(whole.held) },
        ...found.map(({ tool, total }) => ({
          labels: { budget: `tool:${tool.id}` },
          value: usd(total.held),
        })),
      ],
    },
    {
      name: "obt_ceiling_ratio",
      type: "gauge",
      values: found.flatMap(({ tool, total }) =>
        used(total, toolCeiling(deps, tool)).map((value) => ({ labels: { tool: tool.id }, value }))
      ),
    },
    {
      name: "obt_organisation_ceiling_ratio",
      type: "gauge",
      values: used(whole, organisationCeiling(deps)).map((value) => ({ labels: {}, value })),
    },
  ];
}

/** The used part of a ceiling; none without one. A ceiling of nothing is used up. */
function used(total: DayTotal, ceiling: NanoUsd | null): number[] {
  if (ceiling === null) return [];
  return [ceiling === 0n ? 1 : Number(countedOf(total) + total.held) / Number(ceiling)];
}

function usd(amount: NanoUsd): number {
  return Number(amount) / Number(NANO_PER_USD);
}
