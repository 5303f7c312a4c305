import type { Config } from "../config.ts";
import { NO_CEILING } from "../config/limits.ts";
import { type NanoUsd, parseUsd } from "../shared/money.ts";
import type { BudgetLimits } from "./budgets.ts";
import type { SharePercents } from "./rules/shares.ts";
import type { AlertThresholds } from "./spending_alerts.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

/** Sources of the limits: settings, environment, store. */
interface Sources {
  config: Config;
  store: { settings: Pick<StoredSettings, "current" | "defaults"> };
}

/** Thresholds that raise alerts. */
export function alertingOf({ config, store }: Sources): AlertThresholds {
  const { sessionCost, shares } = store.settings.current.alerts;
  return { sessionAt: sessionCost ?? parseUsd(config.COST_ALERT_SESSION_USD), shares };
}

/**
 * The organisation's daily ceiling in nano-dollars, or null for none.
 * The setting of the admin area, else the environment's, else the store's first value.
 */
export function organisationCeiling({ config, store }: Sources): NanoUsd | null {
  const { organisationCeiling: set } = store.settings.current.limits;
  if (set !== null) return set === NO_CEILING ? null : set;
  const usd = config.ORGANISATION_CEILING_USD;
  if (usd === undefined) return store.settings.defaults.organisationCeiling;
  return usd === NO_CEILING ? null : parseUsd(usd);
}

/** Whether the organisation's ceiling was decided, even as "none". */
export function ceilingDecided({ config, store }: Sources): boolean {
  return store.settings.current.limits.organisationCeiling !== null ||
    config.ORGANISATION_CEILING_USD !== undefined;
}

/** Shares of a day's budgets for one person and one address, in percent. */
export function sharePercents({ config, store }: Sources): SharePercents {
  const { personShare, addressShare } = store.settings.current.limits;
  return {
    person: personShare ?? config.PERSON_SHARE_PERCENT,
    address: addressShare ?? config.ADDRESS_SHARE_PERCENT,
  };
}

/** A tool's daily ceiling: its own, else that of every other tool; null for none. */
export function toolCeiling(
  { store }: Pick<Sources, "store">,
  { ceiling }: { ceiling: NanoUsd | null },
): NanoUsd | null {
  return ceiling ?? store.settings.current.budgets.toolDay;
}

/** All limits in force for calls of a tool, with its own ceiling. */
export function budgetLimits(
  sources: Sources,
  { id, ceiling }: { id: string; ceiling: NanoUsd | null },
  channel: string,
): BudgetLimits {
  const { budgets } = sources.store.settings.current;
  const { toolMonth, toolMonths, organisationMonth, addressDay } = budgets;
  return {
    day: { tool: toolCeiling(sources, { ceiling }), organisation: organisationCeiling(sources) },
    month: {
      tool: id in toolMonths ? toolMonths[id] ?? null : toolMonth,
      organisation: organisationMonth,
    },
    percents: sharePercents(sources),
    person: channel === "whatsapp" ? budgets.onPhone : budgets.onPage,
    addressDay,
  };
}
