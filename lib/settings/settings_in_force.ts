import { NO_CEILING } from "../config.ts";
import type { RateLimit } from "../limits/rules/rate.ts";
import { SETTINGS_LIMITS } from "./rules/settings.ts";
import { type NanoUsd, parseUsd } from "../shared/money.ts";
import type { Deps } from "../deps.ts";
import type { SharePercents } from "../metering/shares.ts";
import type { Alerting } from "../metering/spending_alerts.ts";

const MINUTE = 60_000;

/** What is set, and where it can be set otherwise. */
type Sources = Pick<Deps, "config"> & {
  store: { settings: Pick<Deps["store"]["settings"], "current" | "defaults"> };
};

/** The limits as they hold now: what was set in the admin area, else the environment's. */
export function limitsOf({ config, store }: Sources): Record<LimitName, RateLimit> {
  const { limits } = store.settings.current;
  return {
    chat: {
      limit: limits.chatPerMinute ?? config.RATE_LIMIT_CHAT_PER_MINUTE,
      windowMs: MINUTE,
    },
    whatsapp: {
      limit: limits.whatsappPerMinute ?? config.RATE_LIMIT_WHATSAPP_PER_MINUTE,
      windowMs: MINUTE,
    },
    linking: {
      limit: limits.linkingPer5Minutes ?? config.RATE_LIMIT_LINKING_PER_5MIN,
      windowMs: 5 * MINUTE,
    },
    admin: {
      limit: limits.adminPer5Minutes ?? config.RATE_LIMIT_ADMIN_PER_5MIN,
      windowMs: 5 * MINUTE,
    },
  };
}

/** Limits that can be set. */
export type LimitName = "chat" | "whatsapp" | "linking" | "admin";

/** When alerts are raised. */
export function alertingOf({ config, store }: Sources): Alerting {
  const { sessionCost, shares } = store.settings.current.alerts;
  return { sessionAt: sessionCost ?? parseUsd(config.COST_ALERT_SESSION_USD), shares };
}

/** Where alerts are sent, if anywhere. */
export function alertWebhook({ config, store }: Sources): string | null {
  return store.settings.current.alerts.webhookUrl ?? config.ALERT_WEBHOOK_URL ?? null;
}

/**
 * The most that all tools together may cost in a day, in nano-dollars, or null: what was set in
 * the admin area, else the environment's, else what the store began with.
 */
export function organisationCeiling({ config, store }: Sources): NanoUsd | null {
  const { organisationCeiling: set } = store.settings.current.limits;
  if (set !== null) return set === NO_CEILING ? null : set;
  const usd = config.ORGANISATION_CEILING_USD;
  if (usd === undefined) return store.settings.defaults.organisationCeiling;
  return usd === NO_CEILING ? null : parseUsd(usd);
}

/** Whether somebody decided about the organisation's ceiling, be it that there is none. */
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

/** How many days an idle conversation is kept. */
export function retentionDays({ store }: Pick<Sources, "store">): number {
  return store.settings.current.retentionDays ?? SETTINGS_LIMITS.retentionDays;
}
