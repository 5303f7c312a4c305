import { SETTINGS_LIMITS } from "./rules/settings_limits.ts";
import type { StoredSettings } from "./stored_settings.ts";

interface Needs {
  store: { settings: StoredSettings };
}

/** Days for which an idle conversation is kept. */
export function retentionDays({ store }: Needs): number {
  return store.settings.current.retentionDays ?? SETTINGS_LIMITS.retentionDays;
}
