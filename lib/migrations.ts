import { settingsKeys } from "./settings/records.ts";
import { sumMonths } from "./metering/month_sums.ts";
import { parseUsd } from "./shared/money.ts";
import { type Migrations, writeSafely } from "./store/migrations.ts";
import { testsToDrafts } from "./experiments/transfer/tests_to_drafts.ts";
import { claimForEver } from "./whatsapp/inbox/claims.ts";

/** Daily ceiling of the organisation in a new store. */
const NEW_CEILING = parseUsd("10");

/**
 * Version 3: generations and branches. Rewrites no record, as earlier ones stay readable;
 * earlier programs would read the wrong records, and refuse to start.
 */
const generationsAndBranches = () => Promise.resolve();

/** The migrations of all capabilities, in order of their versions. */
export const MIGRATIONS: Migrations = {
  steps: [claimForEver, generationsAndBranches, sumMonths, testsToDrafts],
  begin: (kv) => writeSafely(kv, settingsKeys.defaults(), { organisationCeiling: NEW_CEILING }),
};
