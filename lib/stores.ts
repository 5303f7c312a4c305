import { AppError } from "./platform/errors.ts";
import { Admins } from "./admin/stored_admins.ts";
import { Alerts } from "./alerts/stored_alerts.ts";
import { AuditLog } from "./audit/log.ts";
import { StoredApiKeys } from "./api/stored_keys.ts";
import { Alternatives } from "./chat/alternatives.ts";
import { Conversations } from "./chat/conversations.ts";
import { RefusedTurns } from "./experiments/counts/refused_turns.ts";
import { StoredGolden } from "./experiments/golden/stored_golden.ts";
import { StoredExperiments } from "./experiments/stored_experiments.ts";
import { Ledger } from "./metering/ledger.ts";
import { Hours } from "./metering/hours.ts";
import { errorMessage } from "./store/faults.ts";
import type { Report } from "./store/key.ts";
import { storeKeys } from "./store/records.ts";
import { Kv } from "./store/kv.ts";
import { Media } from "./media/stored_media.ts";
import { MIGRATIONS } from "./migrations.ts";
import { migrate } from "./store/migrations.ts";
import { Phones } from "./whatsapp/phones.ts";
import { CustomPrices } from "./metering/custom_prices.ts";
import { isFile, lockFolderOf, makePrivate } from "./store/private_files.ts";
import { ProcessLocks } from "./store/process_locks.ts";
import { Ratings } from "./feedback/stored_ratings.ts";
import { Reviews } from "./feedback/reviews.ts";
import { Refusals } from "./limits/refusals.ts";
import { FailedRequests } from "./monitoring/failed_requests.ts";
import { Retention } from "./chat/history/expired.ts";
import { ProcessRegistry } from "./store/process_registry.ts";
import { Secrets } from "./store/secrets.ts";
import { StoredSettings } from "./settings/stored_settings.ts";
import { Tools } from "./tools/stored_tools.ts";
import { Transactions } from "./store/transactions.ts";

/** Bytes of the trial value, nearly the largest that Deno KV accepts. */
const TRIAL_BYTES = 60_000;

/** Access to Deno KV: the repositories of all capabilities. */
export interface Store {
  readonly admins: Admins;
  readonly alerts: Alerts;
  readonly alternatives: Alternatives;
  readonly apiKeys: StoredApiKeys;
  readonly audit: AuditLog;
  readonly conversations: Conversations;
  readonly experiments: StoredExperiments;
  readonly failedRequests: FailedRequests;
  readonly golden: StoredGolden;
  readonly hours: Hours;
  readonly ledger: Ledger;
  readonly media: Media;
  readonly customPrices: CustomPrices;
  readonly phones: Phones;
  readonly ratings: Ratings;
  readonly reviews: Reviews;
  readonly refusals: Refusals;
  readonly refusedTurns: RefusedTurns;
  readonly retention: Retention;
  readonly processes: ProcessRegistry;
  readonly secrets: Secrets;
  readonly settings: StoredSettings;
  readonly tools: Tools;
  readonly transactions: Transactions;
  readonly kv: Kv;
  /** Resolves when the store answers a read. */
  ping(): Promise<void>;
  /** Why writes fail, in plain words; null when they do not. */
  writesFail(): Promise<string | null>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A file, `:memory:`, the URL of a remote KV, or undefined for the platform's own. */
  path: string | undefined;
  report: Report;
  /** Name of this process; random by default. */
  process?: string;
}

/**
 * Opens the store and migrates it to the current schema.
 * @throws {AppError} `unavailable` when it cannot be opened, or was written by a newer version.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const kv = new Kv(await open(options.path, options.report), options.report);
  const locks = isFile(options.path) ? new ProcessLocks(lockFolderOf(options.path)) : null;
  // Pinned to one generation, so that no step mixes two.
  await migrate(kv.at((await kv.refreshGeneration()).number), MIGRATIONS);
  return await storeOn(kv, options.process ?? crypto.randomUUID().slice(0, 13), locks);
}

/**
 * The repositories of all capabilities on an open KV.
 * @param self name of the process
 */
export async function storeOn(
  kv: Kv,
  self: string,
  locks: ProcessLocks | null = null,
): Promise<Store> {
  const transactions = new Transactions(kv, self);
  const settings = new StoredSettings(kv, transactions);
  await settings.refresh();
  const refusals = new Refusals(kv, transactions);
  const failedRequests = new FailedRequests(kv, transactions);
  const refusedTurns = new RefusedTurns(transactions);
  return {
    kv,
    transactions,
    admins: new Admins(kv, transactions),
    alerts: new Alerts(kv, transactions),
    apiKeys: new StoredApiKeys(kv),
    alternatives: new Alternatives(kv, transactions),
    audit: new AuditLog(kv),
    media: new Media(kv, transactions),
    customPrices: new CustomPrices(kv, transactions),
    phones: new Phones(kv),
    ratings: new Ratings(kv),
    reviews: new Reviews(kv),
    conversations: new Conversations(kv),
    experiments: new StoredExperiments(kv, transactions),
    golden: new StoredGolden(kv),
    hours: new Hours(kv),
    ledger: new Ledger(kv),
    refusals,
    failedRequests,
    refusedTurns,
    retention: new Retention(kv, transactions),
    processes: new ProcessRegistry(self, kv, transactions, locks),
    secrets: new Secrets(kv, transactions),
    settings,
    tools: new Tools(kv, transactions),
    ping: async () => void await kv.get(storeKeys.schema()),
    writesFail: () => kv.writes.check(() => tryToWrite(kv, storeKeys.trial(self).path)),
    close: async () => {
      // Refusals are only informative: a failure must not prevent closing.
      await refusals.flush().catch(() => {});
      await refusedTurns.flush().catch(() => {});
      await failedRequests.flush().catch(() => {});
      await transactions.settled();
      locks?.close();
      kv.close();
    },
  };
}

/** Writes and deletes a value of nearly the largest size. */
async function tryToWrite(kv: Kv, path: Deno.KvKey): Promise<void> {
  await kv.commit(kv.atomic().set(path, new Uint8Array(TRIAL_BYTES), { expireIn: 60_000 }));
  await kv.commit(kv.atomic().delete(path));
}

async function open(path: string | undefined, report: Report): Promise<Deno.Kv> {
  try {
    if (isFile(path)) {
      for (const each of await makePrivate(path)) {
        report("Others on this machine may read the store", { path: each });
      }
    }
    return await Deno.openKv(path);
  } catch (cause) {
    const why = errorMessage(cause);
    throw new AppError("unavailable", { code: "store.unopened", path: path ?? null, why }, {
      cause,
    });
  }
}
