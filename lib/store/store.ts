import { AppError } from "../domain/errors.ts";
import { Admins } from "./admin.ts";
import { Alerts } from "./alerts.ts";
import { AuditLog } from "./audit.ts";
import { Conversations } from "./conversations.ts";
import { Ledger } from "./ledger.ts";
import { Hours } from "./hours.ts";
import { keys, type Report } from "./keys.ts";
import { Kv } from "./kv.ts";
import { Media } from "./media.ts";
import { migrate } from "./migrations.ts";
import { Phones } from "./phones.ts";
import { OwnPrices } from "./own_prices.ts";
import { Ratings } from "./ratings.ts";
import { Reviews } from "./reviews.ts";
import { Refusals } from "./refusals.ts";
import { Retention } from "./retention.ts";
import { Roster } from "./roster.ts";
import { Secrets } from "./secrets.ts";
import { retentionMs, StoredSettings } from "./settings.ts";
import { Tools } from "./tools.ts";
import { Transactions } from "./transactions.ts";

/** The one door to Deno KV, with what is kept there as verbs. */
export interface Store {
  readonly admins: Admins;
  readonly alerts: Alerts;
  readonly audit: AuditLog;
  readonly conversations: Conversations;
  readonly hours: Hours;
  readonly ledger: Ledger;
  readonly media: Media;
  readonly ownPrices: OwnPrices;
  readonly phones: Phones;
  readonly ratings: Ratings;
  readonly reviews: Reviews;
  readonly refusals: Refusals;
  readonly retention: Retention;
  readonly roster: Roster;
  readonly secrets: Secrets;
  readonly settings: StoredSettings;
  readonly tools: Tools;
  readonly transactions: Transactions;
  readonly kv: Kv;
  /** Resolves when the store answers a read. */
  ping(): Promise<void>;
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
 * Opens the store and brings it to the current schema.
 * @throws {AppError} `unavailable` when it cannot be opened, or was written by a newer version.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const kv = new Kv(await open(options.path), options.report);
  const self = options.process ?? crypto.randomUUID().slice(0, 13);
  const transactions: Transactions = new Transactions(
    kv,
    self,
    () => retentionMs(settings.current),
  );
  await migrate(kv);
  const settings: StoredSettings = new StoredSettings(kv, transactions);
  await settings.refresh();
  const refusals = new Refusals(kv, transactions);
  return {
    kv,
    transactions,
    admins: new Admins(kv),
    alerts: new Alerts(kv, transactions),
    audit: new AuditLog(kv),
    media: new Media(kv, transactions),
    ownPrices: new OwnPrices(kv, transactions),
    phones: new Phones(kv),
    ratings: new Ratings(kv),
    reviews: new Reviews(kv),
    conversations: new Conversations(kv),
    hours: new Hours(kv),
    ledger: new Ledger(kv),
    refusals,
    retention: new Retention(kv, transactions),
    roster: new Roster(self, kv, transactions),
    secrets: new Secrets(transactions),
    settings,
    tools: new Tools(kv, transactions),
    ping: async () => void await kv.get(keys.schema()),
    close: async () => {
      // What nobody could be told of any more is not worth a failure.
      await refusals.flush().catch(() => {});
      await transactions.settled();
      kv.close();
    },
  };
}

async function open(path: string | undefined): Promise<Deno.Kv> {
  try {
    const folder = path === undefined || path.startsWith(":") || /^https?:/.test(path)
      ? null
      : path.replace(/[^/\\]*$/, "");
    if (folder) await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    return await Deno.openKv(path);
  } catch (cause) {
    throw new AppError("unavailable", `Cannot open the store: ${path ?? "the platform's own"}`, {
      cause,
    });
  }
}
