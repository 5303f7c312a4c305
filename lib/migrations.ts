import { settingsKeys } from "./settings/records.ts";
import { parseUsd } from "./shared/money.ts";
import { type Migrations, writeSafely } from "./store/migrations.ts";
import { claimForEver } from "./whatsapp/inbox/claims.ts";

/** What all tools together may cost in a day in a new store, until somebody says otherwise. */
const NEW_CEILING = parseUsd("10");

/**
 * Version 3: records may be of a later generation, and conversations be shown through branches. No
 * record is rewritten, those of before read as they are; programs of before would read the wrong
 * ones, and refuse to start.
 */
const generationsAndBranches = () => Promise.resolve();

/** The migrations of all capabilities, in the order in which they came. */
export const MIGRATIONS: Migrations = {
  steps: [claimForEver, generationsAndBranches],
  begin: (kv) => writeSafely(kv, settingsKeys.defaults(), { organisationCeiling: NEW_CEILING }),
};
