import { auditKeys } from "../audit/records.ts";
import { SHARED_DAYS } from "../chat/shares/shared_links.ts";
import { shareKeys } from "../chat/shares/records.ts";
import { chatKeys } from "../chat/records.ts";
import { experimentKeys, PERSON_DAYS } from "../experiments/records.ts";
import { feedbackKeys } from "../feedback/records.ts";
import { mediaKeys } from "../media/records.ts";
import { memoryKeys } from "../memory/records.ts";
import { NOTE_DAYS } from "../memory/rules/notes.ts";
import { meteringKeys } from "../metering/records.ts";
import { FAILED_DAYS, monitoringKeys } from "../monitoring/records.ts";
import { retentionDays } from "../settings/retention_days.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import {
  KEPT_KINDS,
  type KeptFigures,
  type KeptKind,
  type KeptRow,
} from "../shared/views/admin_view.ts";
import type { Key } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import { BIN_DAYS, toolKeys } from "../tools/records.ts";
import { OUTBOX_DAYS, phoneKeys } from "../whatsapp/records.ts";

interface Needs {
  store: { kv: Kv; settings: StoredSettings };
}

/** A record without a time of its own. */
const UNTIMED = [null];

/** The times of the things that a kind's records hold, batch by batch. */
type Times = (kv: Kv) => AsyncGenerator<(number | null)[]>;

/** A family whose records hold one thing or several. */
function timesIn<T>(
  keyOf: (...parts: string[]) => Key<T>,
  timesOf: (value: T) => readonly (number | null)[],
): Times {
  const { family } = keyOf("", "", "");
  return async function* (kv) {
    const read = (path: Deno.KvKey) => keyOf(...path.slice(1).map(String));
    for await (const rows of kv.pieces([family], read)) {
      yield rows.flatMap(({ value }) => timesOf(value));
    }
  };
}

const FAMILIES: Readonly<Record<KeptKind, readonly Times[]>> = {
  conversations: [
    timesIn((visitor = "", tool = "") => chatKeys.head(visitor, tool), (head) => [head.updatedAt]),
    timesIn(
      (visitor = "", tool = "", id = "") => chatKeys.archive(visitor, tool, id),
      ({ head }) => [head.updatedAt],
    ),
  ],
  messages: [
    timesIn((id = "", n = "") => chatKeys.message(id, Number(n)), ({ at }) => [at]),
    timesIn(
      (id = "", branch = "", n = "") => chatKeys.branch(id, Number(branch), Number(n)),
      ({ at }) => [at],
    ),
  ],
  files: [timesIn((id = "") => mediaKeys.media(id), () => UNTIMED)],
  ratings: [
    timesIn((id = "", message = "") => feedbackKeys.rating(id, message), ({ at }) => [at]),
  ],
  verdicts: [
    timesIn(
      (id = "", message = "", admin = "") => feedbackKeys.verdict(id, message, admin),
      ({ at }) => [at],
    ),
  ],
  notes: [
    timesIn(
      (visitor = "", tool = "") => memoryKeys.memory(visitor, tool),
      ({ notes }) => notes.filter(({ text }) => text !== "").map(({ at }) => at),
    ),
  ],
  links: [timesIn((id = "") => shareKeys.share(id), ({ at }) => [at])],
  people: [timesIn((number = "") => phoneKeys.phone(number), ({ createdAt }) => [createdAt])],
  sent: [timesIn((number = "", n = "") => phoneKeys.outbox(number, Number(n)), ({ at }) => [at])],
  participants: [
    timesIn((visitor = "", tool = "") => experimentKeys.arm(visitor, tool), () => UNTIMED),
  ],
  bin: [timesIn((tool = "", at = "") => toolKeys.toolBin(tool, Number(at)), ({ at }) => [at])],
  errors: [
    timesIn(
      (day = "") => monitoringKeys.failedRequests(day),
      ({ faults, refusals }) => [...faults, ...refusals].map(({ at }) => at),
    ),
  ],
  ledger: [timesIn((day = "", turn = "") => meteringKeys.ledger(day, turn), ({ at }) => [at])],
  audit: [timesIn((at = "", id = "") => auditKeys.audit(Number(at), id), ({ at }) => [at])],
};

/** For how many days each kind is kept; null for ever. */
function daysOf(deps: Needs): Record<KeptKind, number | null> {
  const set = retentionDays(deps);
  return {
    conversations: set,
    messages: set,
    files: set,
    ratings: set,
    verdicts: set,
    notes: NOTE_DAYS,
    links: SHARED_DAYS,
    people: null,
    sent: OUTBOX_DAYS,
    participants: PERSON_DAYS,
    bin: BIN_DAYS,
    errors: FAILED_DAYS,
    ledger: null,
    audit: null,
  };
}

/** All kinds with the time for which each is kept, not counted yet. */
export function keptKinds(deps: Needs): KeptRow[] {
  const days = daysOf(deps);
  return KEPT_KINDS.map((kind) => ({ kind, days: days[kind], figures: null }));
}

/** The same with their numbers: reads the whole store, in batches. */
export async function countKept(deps: Needs): Promise<KeptRow[]> {
  const rows: KeptRow[] = [];
  for (const row of keptKinds(deps)) {
    rows.push({ ...row, figures: await figuresOf(deps.store.kv, FAMILIES[row.kind]) });
  }
  return rows;
}

async function figuresOf(kv: Kv, families: readonly Times[]): Promise<KeptFigures> {
  let count = 0;
  let oldest = Infinity;
  for (const family of families) {
    for await (const times of family(kv)) {
      count += times.length;
      for (const at of times) if (at !== null && at < oldest) oldest = at;
    }
  }
  return { count, oldest: oldest === Infinity ? null : oldest };
}
