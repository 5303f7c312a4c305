import { DEFAULT_SETTINGS, type Settings, type SettingsLogo } from "./rules/settings.ts";
import { type Defaults, settingsKeys } from "./records.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

/**
 * The organisation's settings, always at hand: read once at the start, then
 * every other second by the caretaker, and at once where they are changed.
 */
export class StoredSettings {
  private settings = DEFAULT_SETTINGS;
  private picture: SettingsLogo | null = null;
  private changes = 0;
  private bornWith: Defaults = { organisationCeiling: null };
  /** Where what it was born with was read. */
  private generation: Generation | null = null;

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** As they were when they were last read: no older than some seconds. */
  get current(): Settings {
    return this.settings;
  }

  /** What holds where nothing is set: decided when the store was made. */
  get defaults(): Defaults {
    return this.bornWith;
  }

  /** Reads them anew, and once what the store began with: stores of before had no defaults. */
  async refresh(): Promise<void> {
    const { generation } = this.kv;
    if (generation !== this.generation) {
      const { value } = await this.kv.get(settingsKeys.defaults());
      this.bornWith = value ?? { organisationCeiling: null };
      this.picture = null;
      this.generation = generation;
    }
    const changes = this.changes;
    const { value } = await this.kv.get(settingsKeys.settings());
    // What was changed here meanwhile is newer than what was read.
    if (changes === this.changes) this.settings = value ?? DEFAULT_SETTINGS;
  }

  /**
   * Changes them as they are in the store; `change` may throw, and runs again
   * when others changed them meanwhile. Returns them as they are then.
   */
  async change(change: (tx: Tx, now: Settings) => Settings, weight: number): Promise<Settings> {
    const key = settingsKeys.settings();
    const changed = await this.transactions.run([key], (tx) => {
      const now = tx.get(key) ?? DEFAULT_SETTINGS;
      const next = change(tx, now);
      if (next !== now) tx.set(key, next);
      return next;
    }, weight);
    this.changes++;
    this.settings = changed;
    return changed;
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
