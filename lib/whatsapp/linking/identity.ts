import { displayAddress, maskPhone, phoneSchema } from "../../people/rules/phone.ts";
import type { Key } from "../../store/key.ts";
import { linkKeys } from "./records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import { idOf, visitorOf } from "../people.ts";
import type { Received } from "../whatsapp.ts";

/*
 * A person on WhatsApp has a number, an id, or both, and a message carries one or both.
 * The record stays under the first known address, and the others are aliases of it.
 * Two records that turn out to belong to one person are merged.
 */

/** The sender as read before the transaction, which verifies it again. */
export interface ResolvedSender {
  /** The address of the person's record. */
  number: string;
  /** Addresses of the message, with the record each led to. */
  addresses: readonly { address: string; led: string }[];
  /** A second record of the same person, with its linked visitor. */
  other: {
    number: string;
    visitor: string | null;
    stands: boolean;
    /** Records being merged into the second one. */
    joining: readonly string[];
  } | null;
  /** Records being merged into the person's. */
  joining: readonly string[];
}

/** A visitor's conversation with a tool. */
export interface Conversation {
  visitor: string;
  tool: string;
}

/** An address leads elsewhere than before the transaction: resolve the sender again. */
export class AddressChanged extends Error {
  override name = "AddressChanged";
}

/** Resolves the addresses of a message to the sender's record. */
export async function resolveSender(
  transactions: Transactions,
  { from, alias = null }: Pick<Received, "from" | "alias">,
): Promise<ResolvedSender> {
  const asked = alias === null ? [from] : [from, alias];
  const addresses = await Promise.all(asked.map(async (address) => ({
    address,
    led: await transactions.read(phoneKeys.alias(address)) ?? address,
  })));
  const [first = from, second] = new Set(addresses.map(({ led }) => led));
  const one = await transactions.read(phoneKeys.phone(first));
  if (second === undefined) {
    return { number: first, addresses, other: null, joining: one?.joining ?? [] };
  }
  const two = await transactions.read(phoneKeys.phone(second));
  const [number, other] = isFirstKept(first, one, second, two) ? [first, second] : [second, first];
  const [kept, apart] = number === first ? [one, two] : [two, one];
  return {
    number,
    addresses,
    other: {
      number: other,
      visitor: apart?.linked?.visitor ?? null,
      stands: apart !== null,
      joining: apart?.joining ?? [],
    },
    joining: kept?.joining ?? [],
  };
}

/**
 * Picks the record that stays: the existing one, else the linked one, else the one with a number.
 */
function isFirstKept(one: string, a: Phone | null, two: string, b: Phone | null): boolean {
  if ((a === null) !== (b === null)) return a !== null;
  if ((a?.linked ?? null) !== null || (b?.linked ?? null) === null) {
    return (a?.linked ?? null) !== null || isNumber(one) || !isNumber(two);
  }
  return false;
}

const isNumber = (address: string) => phoneSchema.safeParse(address).success;

/** Keys that {@link identify} reads besides the person's own. */
export function readsToIdentify({ addresses, other, joining }: ResolvedSender): Key<unknown>[] {
  return [
    ...addresses.map(({ address }) => phoneKeys.alias(address)),
    ...[...joining, ...other?.joining ?? []].map((number) => phoneKeys.phone(number)),
    ...(other === null ? [] : [phoneKeys.phone(other.number), phoneKeys.work(other.number)]),
    ...(other?.visitor ? [phoneKeys.linked(other.visitor)] : []),
  ];
}

/**
 * The person with the address to answer to, new aliases, and a second record merged in.
 * @throws {AddressChanged}
 */
export function identify(tx: Tx, who: ResolvedSender, known: Phone | null, fresh: Phone): Phone {
  const { number, addresses, other } = who;
  for (const { address, led } of addresses) {
    if ((tx.get(phoneKeys.alias(address)) ?? address) !== led) throw new AddressChanged();
  }
  if ((known?.joining ?? []).join() !== who.joining.join()) throw new AddressChanged();
  let phone = known ?? fresh;
  const apart = other && tx.get(phoneKeys.phone(other.number));
  if (other && (apart !== null) !== other.stands) throw new AddressChanged();
  if (other && (apart?.joining ?? []).join() !== other.joining.join()) throw new AddressChanged();
  if (other && apart) phone = mergeRecord(tx, number, phone, { ...other, phone: apart });
  const [{ address } = { address: number }] = addresses;
  for (const each of addresses) {
    if (each.address === number || each.led === number) continue;
    phone = addAliases(tx, number, phone, [each.address]);
  }
  const { address: _, ...rest } = phone;
  return address === number ? rest : { ...rest, address };
}

function addAliases(tx: Tx, number: string, phone: Phone, addresses: readonly string[]): Phone {
  for (const address of addresses) tx.set(phoneKeys.alias(address), number);
  const all = new Set([...addresses, ...phone.aliases ?? []]);
  return { ...phone, aliases: [...all].slice(0, MOST_ALIASES) };
}

/** Aliases that are listed with a person; older ones still lead to them. */
const MOST_ALIASES = 20;

/**
 * Merges a second record into a person's: opt-out, block, link, takeover and cost at once.
 * Its own work is finished where it is; its conversations follow later (see RecordMerge).
 */
function mergeRecord(
  tx: Tx,
  number: string,
  phone: Phone,
  { number: gone, visitor, phone: other }: { number: string; visitor: string | null; phone: Phone },
): Phone {
  if ((other.linked?.visitor ?? null) !== visitor) throw new AddressChanged();
  if (visitor !== null && tx.get(phoneKeys.linked(visitor)) === gone) {
    if (phone.linked === null) tx.set(phoneKeys.linked(visitor), number);
    else {
      tx.delete(phoneKeys.linked(visitor));
      const masked = maskPhone(personAddress({ number, phone }));
      tx.set(linkKeys.linkEnded(visitor), {
        at: other.lastInboundAt ?? other.updatedAt,
        phone: masked,
        by: "replaced",
      });
    }
  }
  const joined = merged(phone, other);
  const joins = (record: Phone): Phone => ({
    ...record,
    optedOut: joined.optedOut,
    blocked: joined.blocked,
    dropBefore: joined.optedOut || joined.blocked ? record.next : record.dropBefore,
    joins: number,
  });
  tx.set(phoneKeys.phone(gone), {
    ...joins(other),
    linked: null,
    takeover: null,
    repeats: [],
    joining: [],
    spent: 0n,
    today: { ...other.today, usd: 0n },
  });
  // Records being merged into the second one now belong to this person: one STOP covers all.
  const further = other.joining ?? [];
  for (const each of further) {
    const record = tx.get(phoneKeys.phone(each));
    if (record !== null) tx.set(phoneKeys.phone(each), joins(record));
  }
  if (tx.get(phoneKeys.work(gone)) === null) tx.set(phoneKeys.work(gone), { lease: null });
  tx.set(phoneKeys.person(idOf(other)), number);
  const led = addAliases(tx, number, joined, [gone, ...other.aliases ?? []]);
  return { ...led, joining: [...new Set([...led.joining ?? [], gone, ...further])] };
}

/** The fields of two records combined; an opt-out or a block of either holds. */
function merged(phone: Phone, other: Phone): Phone {
  const later = (other.lastInboundAt ?? 0) > (phone.lastInboundAt ?? 0) ? other : phone;
  const day = phone.today.day > other.today.day ? phone.today.day : other.today.day;
  const usdOf = ({ today }: Phone) => today.day === day ? today.usd : 0n;
  const stopped = (other.optedOut && !phone.optedOut) || (other.blocked && !phone.blocked);
  const { proposed: mine = 0 } = phone.told, { proposed: theirs = 0 } = other.told;
  return {
    ...phone,
    linked: phone.linked ?? other.linked,
    tool: later.tool ?? phone.tool ?? other.tool,
    language: later.language,
    menuPage: later.menuPage,
    pending: later.pending,
    optedOut: phone.optedOut || other.optedOut,
    blocked: phone.blocked || other.blocked,
    dropBefore: stopped ? phone.next : phone.dropBefore,
    takeover: phone.takeover ?? other.takeover,
    welcomed: phone.welcomed || other.welcomed,
    told: {
      ...phone.told,
      limited: Math.max(phone.told.limited, other.told.limited),
      overBudget: Math.max(phone.told.overBudget, other.told.overBudget),
      proposed: Math.max(mine, theirs),
    },
    today: { day, usd: usdOf(phone) + usdOf(other) },
    spent: phone.spent + other.spent,
    createdAt: Math.min(phone.createdAt, other.createdAt),
  };
}

/** Opts out the records being merged into a person's. Returns the turns to stop in them. */
export function stopJoining(tx: Tx, joining: readonly string[]): Conversation[] {
  const turns: Conversation[] = [];
  for (const number of joining) {
    const phone = tx.get(phoneKeys.phone(number));
    if (phone === null) continue;
    tx.set(phoneKeys.phone(number), { ...phone, optedOut: true, dropBefore: phone.next });
    if (phone.tool !== null) turns.push({ visitor: visitorOf(phone), tool: phone.tool });
  }
  return turns;
}

/** The address shown for a person: a number, if known. */
export function personAddress({ number, phone }: { number: string; phone: Phone | null }): string {
  return displayAddress([
    ...(phone?.address ? [phone.address] : []),
    number,
    ...phone?.aliases ?? [],
  ]);
}

/** The address that messages to a person are sent to. */
export function destinationOf(number: string, phone: Pick<Phone, "address">): string {
  return phone.address ?? number;
}
