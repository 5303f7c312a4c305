import { settingsKeys } from "./settings/records.ts";
import { indexArchives } from "./chat/history/archive.ts";
import { sumMonths } from "./metering/month_sums.ts";
import { parseUsd } from "./shared/money.ts";
import type { Kv } from "./store/kv.ts";
import { migrate, type Migrations, writeSafely } from "./store/migrations.ts";
import { testsToDrafts } from "./experiments/transfer/tests_to_drafts.ts";
import { endPending } from "./whatsapp/restored.ts";
import { endSessions } from "./admin/restored_sessions.ts";
import { claimForEver } from "./whatsapp/inbox/claims.ts";

/** Daily ceiling of the organisation in a new store. */
const NEW_CEILING = parseUsd("10");
/** Days for which a new store keeps idle conversations. */
const NEW_RETENTION_DAYS = 30;

/**
 * Version 3: generations and branches. Rewrites no record, as earlier ones stay readable;
 * earlier programs would read the wrong records, and refuse to start.
 */
const generationsAndBranches = () => Promise.resolve();

/** The migrations of all capabilities, in order of their versions. */
export const MIGRATIONS: Migrations = {
  steps: [claimForEver, generationsAndBranches, sumMonths, testsToDrafts, indexArchives],
  begin: (kv) =>
    writeSafely(kv, settingsKeys.defaults(), {
      organisationCeiling: NEW_CEILING,
      retentionDays: NEW_RETENTION_DAYS,
    }),
};

/** The version of the records that this program writes. */
export const SCHEMA = MIGRATIONS.steps.length + 1;

/** Brings restored records to this program's version, and ends what was pending or open then. */
export async function migrateRestored(kv: Kv): Promise<void> {
  await migrate(kv, MIGRATIONS);
  await endPending(kv);
  await endSessions(kv);
}
