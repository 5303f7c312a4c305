import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import { meteringKeys } from "../metering/records.ts";
import type { Calendar } from "../platform/calendar.ts";
import { Erasures } from "../people/erasures.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { ApiKeyRow, ApiKeyView } from "../shared/views/api_key_view.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions, Tx, WritePart } from "../store/transactions.ts";
import type { Tools } from "../tools/stored_tools.ts";
import { hashOf } from "./key_check.ts";
import { type ApiKey, apiKeys, type KeySecret } from "./records.ts";
import { type KeyContent, keyFields } from "./rules/key_form.ts";
import { formatKey, isKeyId, KEY_BYTES, keyIdOf, keyLabel, secretOf } from "./rules/key_format.ts";
import { endedKey, isExpired, isIdle } from "./rules/key_state.ts";
import type { StoredApiKeys } from "./stored_keys.ts";

interface Needs {
  store: { apiKeys: StoredApiKeys; kv: Kv; transactions: Transactions; tools: Tools };
  bus: EventBus;
  calendar: Calendar;
  clock: Clock;
}

type KeyLimits = Pick<ApiKey, "day" | "month">;

/** Another admin changed the key meanwhile. */
export class KeyChanged extends AppError {
  constructor() {
    super("conflict", { code: "key.changed" });
  }
}

/** The keys of programs, as admins make and change them; each change is in the audit log. */
export class ApiKeys {
  private readonly erasures: Erasures;

  constructor(private readonly deps: Needs) {
    this.erasures = new Erasures(deps);
  }

  /** A new id, for the form that makes a key: sent twice, it makes one. */
  newId(): string {
    return keyIdOf(crypto.getRandomValues(new Uint8Array(KEY_BYTES.id)));
  }

  /** The keys that were not ended, by name. */
  async list(): Promise<ApiKeyRow[]> {
    const { store } = this.deps;
    const [found, tools] = await Promise.all([store.apiKeys.list(), store.tools.list()]);
    const spent = await this.spent(found.map(({ key }) => key.id));
    const names = new Map(tools.map(({ id, name }) => [id, name]));
    return found.map(({ key, usedAt }, i) => {
      const [month = 0n, today = 0n] = spent[i] ?? [];
      return this.row(key, usedAt, { spent: month, spentToday: today }, names);
    });
  }

  /**
   * One key with its form.
   * @throws {AppError} `missing` when it does not exist or was ended
   */
  async view(id: string): Promise<ApiKeyView> {
    const key = await this.stored(id);
    const row = (await this.list()).find((each) => each.id === id);
    if (row === undefined) throw keyGone();
    const { version, createdAt, createdBy } = key;
    return { row, fields: keyFields(key, this.lastDay(key)), version, createdAt, createdBy };
  }

  /** Keys that were not used for long. */
  async idle(): Promise<{ id: string; name: string }[]> {
    const now = this.deps.clock();
    const found = await this.deps.store.apiKeys.list();
    return found
      .filter(({ key, usedAt }) => !isExpired(key, now) && isIdle(key, usedAt, now))
      .map(({ key: { id, name } }) => ({ id, name }));
  }

  /**
   * Makes a key and returns its text, which is stored nowhere.
   * @throws {AppError} `conflict` when the form was sent before
   */
  async make(who: string, id: string, content: KeyContent): Promise<string> {
    if (!isKeyId(id)) throw new AppError("invalid", { code: "key.invalid" });
    const { secret, kept } = this.newSecret();
    const now = this.deps.clock();
    const record = apiKeys.key(id);
    await this.deps.store.transactions.run([record], (tx) => {
      if (tx.get(record) !== null) throw new AppError("conflict", { code: "key.made" });
      const key: ApiKey = {
        ...this.decided(content),
        id,
        secrets: [kept],
        createdAt: now,
        createdBy: who,
        endedAt: null,
        version: 1,
      };
      tx.set(record, key);
      audit(tx, {
        at: now,
        who,
        action: "key.make",
        thing: `key:${key.name}`,
        before: null,
        after: told(key),
      });
    }, AUDIT_WEIGHT);
    return formatKey({ id, secret });
  }

  /**
   * Changes a key's name, scope and limits.
   * @throws {KeyChanged} when another admin changed it since `version`; {AppError} `missing`
   */
  async change(who: string, id: string, version: number, content: KeyContent): Promise<void> {
    await this.edit(who, id, "key.change", (key) => {
      if (key.version !== version) throw new KeyChanged();
      return { ...key, ...this.decided(content) };
    });
  }

  /**
   * Sets a key's limits by day and month, for a commit that has others as well; null for none. Its
   * `write` throws `KeyChanged` if they are not those seen, and `missing` if the key was ended.
   */
  limitsPart(who: string, id: string, seen: KeyLimits, limits: KeyLimits): WritePart {
    return this.part(who, id, "key.change", (key) => {
      if (key.day !== seen.day || key.month !== seen.month) throw new KeyChanged();
      return { ...key, day: limits.day, month: limits.month };
    });
  }

  /**
   * Replaces a key's secret; the one before stays valid for a time.
   * @returns the new text, which is stored nowhere
   * @throws {AppError} `missing` when it does not exist or was ended
   */
  async replace(who: string, id: string, overlapMs: number): Promise<string> {
    const { secret, kept } = this.newSecret();
    await this.edit(who, id, "key.replace", (key, now, tx) => {
      const until = now + overlapMs;
      this.erasures.note(tx, { kind: "key_secret", id, until });
      const before = key.secrets
        .map((each) => ({ ...each, endsAt: Math.min(each.endsAt ?? until, until) }))
        .filter(({ endsAt }) => endsAt > now);
      return { ...key, secrets: [...before.slice(-1), kept] };
    });
    this.erasures.told();
    return formatKey({ id, secret });
  }

  /** Ends a key: no process accepts it from the next request on. */
  async end(who: string, id: string): Promise<void> {
    await this.edit(who, id, "key.end", (key, now, tx) => {
      this.erasures.note(tx, { kind: "key", id });
      return endedKey(key, now);
    });
    this.erasures.told();
  }

  private async edit(...change: Parameters<ApiKeys["part"]>): Promise<void> {
    const { reads, write, weight } = this.part(...change);
    await this.deps.store.transactions.run(reads, write, weight);
  }

  private part(
    who: string,
    id: string,
    action: string,
    change: (key: ApiKey, now: number, tx: Tx) => ApiKey,
  ): WritePart {
    const record = apiKeys.key(id);
    const write = (tx: Tx) => {
      const at = this.deps.clock();
      const before = tx.get(record);
      if (before === null || before.endedAt !== null) throw keyGone();
      const after = { ...change(before, at, tx), version: before.version + 1 };
      tx.set(record, after);
      audit(tx, {
        at,
        who,
        action,
        thing: `key:${before.name}`,
        before: told(before),
        after: told(after),
      });
      return true;
    };
    return { reads: [record], weight: AUDIT_WEIGHT, write };
  }

  private async stored(id: string): Promise<ApiKey> {
    const key = isKeyId(id) ? await this.deps.store.apiKeys.get(id) : null;
    if (key === null || key.endedAt !== null) throw keyGone();
    return key;
  }

  private decided({ expires, ...content }: KeyContent) {
    const { calendar } = this.deps;
    const expiresAt = expires === null ? null : calendar.endOfDay(calendar.startOf(expires));
    return { ...content, expiresAt };
  }

  /** The last day on which a key is valid. */
  private lastDay({ expiresAt }: ApiKey): string | null {
    return expiresAt === null ? null : this.deps.calendar.dayOf(expiresAt - 1);
  }

  private newSecret(): { secret: string; kept: KeySecret } {
    const secret = secretOf(crypto.getRandomValues(new Uint8Array(KEY_BYTES.secret)));
    const createdAt = this.deps.clock();
    return { secret, kept: { hash: hashOf(secret), createdAt, endsAt: null } };
  }

  /** What keys spent in this month, and today. */
  private async spent(ids: readonly string[]): Promise<NanoUsd[][]> {
    const { store, calendar, clock } = this.deps;
    const day = calendar.dayOf(clock());
    const [months, days] = await Promise.all(
      [day.slice(0, 7), day].map((window) =>
        store.kv.getMany(ids.map((id) => meteringKeys.budget(window, "api_key", id, "")))
      ),
    );
    const spentIn = (totals: typeof months, i: number) => totals?.[i]?.value?.spent ?? 0n;
    return ids.map((_, i) => [spentIn(months, i), spentIn(days, i)]);
  }

  private row(
    key: ApiKey,
    usedAt: number | null,
    used: Pick<ApiKeyRow, "spent" | "spentToday">,
    names: ReadonlyMap<string, string>,
  ): ApiKeyRow {
    const now = this.deps.clock();
    const { id, name, tools, day, month, expiresAt, secrets } = key;
    const ending = secrets.flatMap(({ endsAt }) => endsAt !== null && endsAt > now ? endsAt : []);
    return {
      id,
      label: keyLabel(key),
      name,
      tools: tools?.map((tool) => names.get(tool) ?? tool) ?? null,
      usedAt,
      ...used,
      day,
      month,
      expiresAt,
      expired: isExpired(key, now),
      overlapUntil: ending[0] ?? null,
    };
  }
}

/** A key's fields for the audit log, without its secrets. */
function told({ name, tools, rate, day, month, expiresAt, endedAt }: ApiKey) {
  return { name, tools, rate, day, month, expiresAt, endedAt };
}

function keyGone(): AppError {
  return new AppError("missing", { code: "key.gone" });
}
