import type { StoredSettings } from "./stored_settings.ts";

interface Needs {
  store: { settings: Pick<StoredSettings, "current"> };
}

/** Room for all pictures and recordings together where nothing is set, in MB. */
export const DEFAULT_MEDIA_MEGABYTES = 1_000;

/** Most megabytes of all pictures and recordings together. */
export function mediaMegabytes({ store }: Needs): number {
  return store.settings.current.limits.mediaMegabytes ?? DEFAULT_MEDIA_MEGABYTES;
}
