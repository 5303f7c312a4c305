import type { RateLimit } from "./rules/rate.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Config } from "../config.ts";

interface Needs {
  store: { settings: StoredSettings };
  config: Config;
}

const MINUTE = 60_000;

/** Sources of the limits: settings and environment. */
type Sources = Needs & {
  store: { settings: Pick<StoredSettings, "current"> };
};

/** The limits in force: the setting of the admin area, else the environment's. */
export function currentLimits({ config, store }: Sources): Record<LimitName, RateLimit> {
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
