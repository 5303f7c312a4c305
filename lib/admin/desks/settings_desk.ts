import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "../../platform/errors.ts";
import {
  groupOf,
  type Settings,
  type SettingsChange,
  type SettingsGroup,
  type SettingsLogo,
  settingsSchema,
} from "../../settings/rules/settings.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { settingsKeys } from "../../settings/records.ts";
import { AlertDesk } from "./alert_desk.ts";
import type { Deps } from "../../deps.ts";
import { LimitDesk } from "./limit_desk.ts";
import { PriceDesk } from "./price_desk.ts";

/** Bytes of the settings, at most. */
const WEIGHT = 12_000;

/** Somebody else saved the same group of settings since it was opened. */
export class SettingsChanged extends AppError {
  constructor(readonly current: Settings, readonly change: SettingsChange) {
    super("conflict", { code: "settings.changed" });
  }
}

/** What somebody wants to save. */
export interface Saving {
  /** The person's e-mail address. */
  who: string;
  group: SettingsGroup;
  /** The version that the person saw. */
  seen: number;
  /** Makes the new settings, whose version it is told, of those that stand. */
  edit: (now: Settings, version: number) => Settings;
  /** The picture, where it is saved or taken away. */
  logo?: Omit<SettingsLogo, "version"> | null;
}

/** What the organisation sets while the program runs. */
export class SettingsDesk {
  readonly alerts: AlertDesk;
  readonly limits: LimitDesk;
  readonly prices: PriceDesk;

  constructor(private readonly deps: Deps) {
    this.alerts = new AlertDesk(deps);
    this.limits = new LimitDesk(deps);
    this.prices = new PriceDesk(deps);
  }

  /** As they are now, from memory. */
  get current(): Settings {
    return this.deps.store.settings.current;
  }

  /**
   * Saves a group of settings with its entry in the audit log, if nobody else
   * saved the same group since. What changes nothing is not saved.
   * @throws {SettingsChanged}, or {AppError} `invalid`
   */
  async save({ who, group, seen, edit, logo }: Saving): Promise<Settings> {
    const at = this.deps.clock();
    const weight = WEIGHT + AUDIT_WEIGHT + (logo?.bytes.length ?? 0);
    return await this.deps.store.settings.change((tx, now) => {
      const last = now.changes[group];
      if (last && last.version > seen) throw new SettingsChanged(now, last);
      const version = now.version + 1;
      const edited = valid(edit(now, version));
      const before = groupOf(now, group), after = groupOf(edited, group);
      if (isDeepStrictEqual(before, after)) return now;
      const mark = { version, at, by: who };
      if (logo === null) tx.delete(settingsKeys.settingsLogo());
      if (logo) tx.set(settingsKeys.settingsLogo(), { ...logo, version });
      audit(tx, {
        at,
        who,
        action: "settings.change",
        thing: `settings:${group}`,
        before: told(before),
        after: told(after),
      });
      return {
        ...edited,
        version,
        changes: { ...now.changes, [group]: mark },
      };
    }, weight);
  }
}

/** As the audit log keeps it: an address that alerts are sent to may hold a secret. */
function told(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      name === "webhookUrl" && typeof value === "string" && value !== ""
        ? [name, `${URL.parse(value)?.origin ?? ""}/… (${fingerprint(value)})`]
        : [name, value]
    ),
  );
}

/** Tells two texts apart without saying either. */
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
