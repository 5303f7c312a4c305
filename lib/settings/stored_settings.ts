import type { SettingsLogo } from "./rules/groups/organisation.ts";
import { DEFAULT_SETTINGS, type Settings } from "./rules/settings.ts";
import { type Defaults, settingsKeys } from "./records.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx, WritePart } from "../store/transactions.ts";

const NO_DEFAULTS: Defaults = { organisationCeiling: null, retentionDays: null };

/**
 * The organisation's settings, always in memory.
 * Read at the start, every other second, and at once after a local change.
 */
export class StoredSettings {
  private settings = DEFAULT_SETTINGS;
  private picture: SettingsLogo | null = null;
  private changes = 0;
  private storedDefaults = NO_DEFAULTS;
  /** Generation in which the defaults were read. */
  private generation: Generation | null = null;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** The settings as last read; at most some seconds old. */
  get current(): Settings {
    return this.settings;
  }

  /** Defaults for "not set": fixed when the store was created. */
  get defaults(): Defaults {
    return this.storedDefaults;
  }

  /** Reads the settings, and once the defaults; stores of earlier versions have none. */
  async refresh(): Promise<void> {
    const { generation } = this.kv;
    if (generation !== this.generation) {
      const { value } = await this.kv.get(settingsKeys.defaults());
      this.storedDefaults = value ?? NO_DEFAULTS;
      this.picture = null;
      this.generation = generation;
    }
    const changes = this.changes;
    const { value } = await this.kv.get(settingsKeys.settings());
    // A local change during the read is newer than the result.
    if (changes === this.changes) this.settings = this.withDefaults(value);
  }

  /**
   * Changes the stored settings and returns the result.
   * `change` may throw, and runs again after a conflicting change.
   */
  async change(change: (tx: Tx, now: Settings) => Settings, weight: number): Promise<Settings> {
    const changed = await this.transactions.run(
      [settingsKeys.settings()],
      (tx) => this.changeIn(tx, change),
      weight,
    );
    this.changes++;
    this.settings = changed;
    return changed;
  }

  /** The same change, for a commit that has others as well: {@link refresh} reads its result. */
  part(change: (tx: Tx, now: Settings) => Settings, weight: number): WritePart {
    const write = (tx: Tx) => {
      this.changeIn(tx, change);
      return true;
    };
    return { reads: [settingsKeys.settings()], weight, write };
  }

  private changeIn(tx: Tx, change: (tx: Tx, now: Settings) => Settings): Settings {
    const key = settingsKeys.settings();
    const now = this.withDefaults(tx.get(key));
    const next = change(tx, now);
    if (next !== now) tx.set(key, next);
    return next;
  }

  private withDefaults(stored: Settings | null): Settings {
    const settings = stored ?? DEFAULT_SETTINGS;
    const { retentionDays } = this.storedDefaults;
    return settings.retentionDays === null && retentionDays !== null
      ? { ...settings, retentionDays }
      : settings;
  }

  /** The logo's picture, if there is one; read once for each version. */
  async logo(): Promise<SettingsLogo | null> {
    const { logo } = this.settings.organisation;
    if (logo === null) return null;
    if (this.picture?.version !== logo.version) {
      this.picture = (await this.kv.get(settingsKeys.settingsLogo())).value;
    }
    return this.picture;
  }
}
