import type { Provider } from "../../llm/provider.ts";
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "../../platform/errors.ts";
import {
  groupOf,
  type Settings,
  type SettingsChange,
  type SettingsGroup,
  settingsSchema,
} from "../../settings/rules/settings.ts";
import type { SettingsLogo } from "../../settings/rules/groups/organisation.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { settingsKeys } from "../../settings/records.ts";
import { AlertService } from "./alert_service.ts";
import type { EventBus } from "../../platform/event_bus.ts";
import { LimitService } from "./limit_service.ts";
import { PriceService } from "./price_service.ts";
import type { HttpClient } from "../../platform/http_client.ts";
import type { Config } from "../../config.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Alerts } from "../../alerts/stored_alerts.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { Transactions, Tx, WritePart } from "../../store/transactions.ts";
import type { Refusals } from "../../limits/refusals.ts";
import type { CustomPrices } from "../../metering/custom_prices.ts";

interface Needs {
  store: {
    settings: StoredSettings;
    alerts: Alerts;
    tools: Tools;
    transactions: Transactions;
    refusals: Refusals;
    customPrices: CustomPrices;
  };
  config: Config;
  http: HttpClient;
  calendar: Calendar;
  clock: Clock;
  log: Log;
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  bus: EventBus;
}

/** Most bytes of the settings. */
const WEIGHT = 12_000;

/** Another admin changed the same group of settings since it was opened. */
export class SettingsChanged extends AppError {
  constructor(readonly current: Settings, readonly change: SettingsChange) {
    super("conflict", { code: "settings.changed" });
  }
}

/** A change of one group of settings. */
export interface GroupEdit {
  group: SettingsGroup;
  /** Makes the new settings, with the given version, from the current ones. */
  edit: (now: Settings, version: number) => Settings;
}

export interface SaveSettings extends GroupEdit {
  /** The admin's e-mail address. */
  who: string;
  /** Version of the settings that the admin saw. */
  seen: number;
  /** New logo; null deletes it. */
  logo?: Omit<SettingsLogo, "version"> | null;
}

/** The organisation's settings. */
export class SettingsService {
  readonly alerts: AlertService;
  readonly limits: LimitService;
  readonly prices: PriceService;

  constructor(private readonly deps: Needs) {
    this.alerts = new AlertService(deps);
    this.limits = new LimitService(deps);
    this.prices = new PriceService(deps);
  }

  /** Current settings, from memory. */
  get current(): Settings {
    return this.deps.store.settings.current;
  }

  /**
   * Saves a group of settings with its audit entry, unless another admin changed it since.
   * Writes nothing without a difference.
   * @throws {SettingsChanged}, or {AppError} `invalid`
   */
  async save({ who, group, seen, edit, logo }: SaveSettings): Promise<Settings> {
    return await this.saveAll(who, seen, [{ group, edit }], logo);
  }

  /**
   * Saves several groups in one transaction, with an audit entry each: all of them or none.
   * @throws {SettingsChanged}, or {AppError} `invalid`
   */
  async saveAll(
    who: string,
    seen: number,
    edits: readonly GroupEdit[],
    logo?: SaveSettings["logo"],
  ): Promise<Settings> {
    const { change, weight } = this.changeOf(who, seen, edits, logo);
    const saved = await this.deps.store.settings.change(change, weight);
    this.deps.bus.emit("SettingsChanged", {});
    return saved;
  }

  /**
   * Saves several groups in a commit that has others as well, with {@link taken} after it. Its
   * `write` throws as {@link saveAll} does.
   */
  part(who: string, seen: number, edits: readonly GroupEdit[]): WritePart {
    const { change, weight } = this.changeOf(who, seen, edits);
    return this.deps.store.settings.part(change, weight);
  }

  /** Takes up what a {@link part} has stored. */
  async taken(): Promise<void> {
    await this.deps.store.settings.refresh();
    this.deps.bus.emit("SettingsChanged", {});
  }

  private changeOf(
    who: string,
    seen: number,
    edits: readonly GroupEdit[],
    logo?: SaveSettings["logo"],
  ) {
    const at = this.deps.clock();
    const weight = WEIGHT + AUDIT_WEIGHT * edits.length + (logo?.bytes.length ?? 0);
    const change = (tx: Tx, now: Settings): Settings => {
      const version = now.version + 1;
      let next = now;
      for (const { group, edit } of edits) {
        const last = now.changes[group];
        if (last && last.version > seen) throw new SettingsChanged(now, last);
        const edited = valid(edit(next, version));
        const before = groupOf(next, group), after = groupOf(edited, group);
        if (isDeepStrictEqual(before, after)) continue;
        audit(tx, {
          at,
          who,
          action: "settings.change",
          thing: `settings:${group}`,
          before: auditedFields(before),
          after: auditedFields(after),
        });
        const changes = { ...next.changes, [group]: { version, at, by: who } };
        next = { ...edited, version, changes };
      }
      if (next === now) return now;
      if (logo === null) tx.delete(settingsKeys.settingsLogo());
      if (logo) tx.set(settingsKeys.settingsLogo(), { ...logo, version });
      return next;
    };
    return { change, weight };
  }
}

/** Fields for the audit log, without the webhook's address, which may hold a secret. */
function auditedFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      name === "webhookUrl" && typeof value === "string" && value !== ""
        ? [name, `${URL.parse(value)?.origin ?? ""}/… (${fingerprint(value)})`]
        : [name, value]
    ),
  );
}

/** A hash that distinguishes two texts without revealing them. */
function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

function valid(settings: Settings): Settings {
  const result = settingsSchema.safeParse(settings);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new AppError("invalid", { code: "settings.invalid", field, issue: issue?.message ?? "" }, {
    field,
  });
}
