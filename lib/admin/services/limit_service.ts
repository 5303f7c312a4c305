import { LIMIT_KINDS, LIMIT_LABELS, LIMITS } from "../../locales/admin/settings.ts";
import type { Config } from "../../config.ts";
import { AppError } from "../../platform/errors.ts";
import { networkOf } from "../../limits/rules/networks.ts";
import type { LimitRow, RefusedRow } from "../../shared/views/settings_view.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { limitKeys } from "../../limits/records.ts";
import type { Key } from "../../store/key.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import { DEFAULT_MEDIA_MEGABYTES } from "../../settings/media_megabytes.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Refusals } from "../../limits/refusals.ts";
import type { Transactions } from "../../store/transactions.ts";

interface Needs {
  store: { settings: StoredSettings; refusals: Refusals; transactions: Transactions };
  config: Config;
  calendar: Calendar;
  clock: Clock;
}

const DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const MINUTE = 60_000;

/** Kinds of limits by key, with their windows. */
const KINDS: Record<string, { label: string; windowMs: number }> = {
  chat: { label: LIMIT_KINDS.chat, windowMs: MINUTE },
  preview: { label: LIMIT_KINDS.preview, windowMs: MINUTE },
  whatsapp: { label: LIMIT_KINDS.whatsapp, windowMs: MINUTE },
  linking: { label: LIMIT_KINDS.linking, windowMs: 5 * MINUTE },
  admin: { label: LIMIT_KINDS.admin, windowMs: 5 * MINUTE },
  picture: { label: LIMIT_KINDS.picture, windowMs: 5 * MINUTE },
  api: { label: LIMIT_KINDS.api, windowMs: MINUTE },
  "api-key": { label: LIMIT_KINDS.apiKey, windowMs: 5 * MINUTE },
  "login-address": { label: LIMIT_KINDS.loginAddress, windowMs: 15 * MINUTE },
  "login-network": { label: LIMIT_KINDS.loginNetwork, windowMs: 15 * MINUTE },
  "login-device": { label: LIMIT_KINDS.loginDevice, windowMs: 15 * MINUTE },
};

/** Configurable limits, and the sources that reached one. */
export class LimitService {
  constructor(private readonly deps: Needs) {}

  limits(): LimitRow[] {
    const { config } = this.deps;
    return [
      {
        field: "chatPerMinute",
        label: LIMIT_LABELS.chatPerMinute,
        about: LIMITS.chatPerMinute,
        environment: config.RATE_LIMIT_CHAT_PER_MINUTE,
        key: "RATE_LIMIT_CHAT_PER_MINUTE",
      },
      {
        field: "whatsappPerMinute",
        label: LIMIT_LABELS.whatsappPerMinute,
        about: LIMITS.whatsappPerMinute,
        environment: config.RATE_LIMIT_WHATSAPP_PER_MINUTE,
        key: "RATE_LIMIT_WHATSAPP_PER_MINUTE",
      },
      {
        field: "linkingPer5Minutes",
        label: LIMIT_LABELS.linkingPer5Minutes,
        about: LIMITS.linkingPer5Minutes,
        environment: config.RATE_LIMIT_LINKING_PER_5MIN,
        key: "RATE_LIMIT_LINKING_PER_5MIN",
      },
      {
        field: "adminPer5Minutes",
        label: LIMIT_LABELS.adminPer5Minutes,
        about: LIMITS.adminPer5Minutes,
        environment: config.RATE_LIMIT_ADMIN_PER_5MIN,
        key: "RATE_LIMIT_ADMIN_PER_5MIN",
      },
      {
        field: "mediaMegabytes",
        label: LIMIT_LABELS.mediaMegabytes,
        about: LIMITS.mediaMegabytes,
        environment: DEFAULT_MEDIA_MEGABYTES,
        key: null,
      },
    ];
  }

  /** Sources refused in the last seven days, newest first, and the number of others. */
  async refused(): Promise<{ rows: RefusedRow[]; others: number }> {
    const { store, calendar, clock } = this.deps;
    await store.refusals.flush();
    const now = clock();
    const days = await store.refusals.ofDays(calendar.dayOf(now - (DAYS - 1) * DAY_MS));
    const rows = days.flatMap(({ day, kind, refused }) => {
      const { label = kind, windowMs = 0 } = KINDS[kind] ?? {};
      return Object.entries(refused.sources).map(([id, source]): RefusedRow => ({
        kind,
        limit: label,
        day,
        who: source.masked,
        id,
        count: source.count,
        lastAt: source.lastAt,
        held: source.lastAt + windowMs > now && source.freedAt < source.lastAt,
      }));
    });
    return {
      rows: rows.sort((a, b) => b.lastAt - a.lastAt),
      others: days.reduce((sum, { refused }) => sum + refused.others, 0),
    };
  }

  /**
   * Clears a source's usage of a limit, so that its next request is accepted.
   * @throws {AppError} `missing` when nothing is counted for it
   */
  async letThrough(who: string, day: string, kind: string, id: string): Promise<void> {
    const { store, clock } = this.deps;
    const source = KINDS[kind] === undefined ? null : await store.refusals.counted(kind, id);
    if (source === null) {
      throw new AppError("missing", { code: "address.free" });
    }
    const at = clock();
    const key = limitKeys.refused(day, kind);
    await store.transactions.run([key], (tx) => {
      for (const limit of limitsOf(kind, source)) tx.delete(limit);
      const refused = tx.get(key);
      const known = refused?.sources[id];
      if (refused && known) {
        const sources = { ...refused.sources, [id]: { ...known, freedAt: at } };
        tx.set(key, { ...refused, sources });
      }
      const after = { source: known?.masked ?? "", day };
      audit(tx, { at, who, action: "limit.clear", thing: `limit:${kind}`, before: null, after });
    }, AUDIT_WEIGHT);
  }
}

/** All limits that may apply to a source, including its network's. */
function limitsOf(kind: string, source: string): Key<number[]>[] {
  const network = kind === "login-address" ? networkOf(source) : null;
  return [
    limitKeys.limit(kind, source),
    ...(network === null ? [] : [limitKeys.limit("login-network", network)]),
  ];
}
