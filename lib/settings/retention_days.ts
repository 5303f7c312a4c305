import type { Deps } from "../deps.ts";
import { SETTINGS_LIMITS } from "./rules/settings.ts";

/** How many days an idle conversation is kept. */
export function retentionDays({ store }: Pick<Deps, "store">): number {
  return store.settings.current.retentionDays ?? SETTINGS_LIMITS.retentionDays;
}
