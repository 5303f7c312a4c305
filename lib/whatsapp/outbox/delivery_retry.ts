import { hasFailed } from "../rules/delivery_status.ts";
import { windowOpen } from "../rules/window.ts";
import { type Outbox, type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { type ChannelCost, channelCost, fitsCeilings, readsToPay } from "./channel_cost.ts";
import { hasLapsed } from "../rules/outbox_state.ts";
import type { Leases } from "../inbox/leases.ts";
import { append } from "./outgoing.ts";
import { AGAIN, type NextStep, REST, waitFor } from "../next_step.ts";

/** The worker's sweep covers longer waits. */
const MAX_WAIT_MS = 60_000;

type Why = NonNullable<Outbox["why"]>;

/**
 * Repeats messages that Twilio accepted but that failed for a passing reason.
 * Each is appended to the outbox and booked in the commit that marks the original as repeated.
 */
export class DeliveryRetry {
  constructor(private readonly deps: WhatsAppDeps, private readonly leases: Leases) {}

  /** Appends due repetitions to the outbox. */
  async step(number: string, phone: Phone): Promise<NextStep> {
    const { store: { kv, transactions }, clock } = this.deps;
    const due = phone.repeats ?? [];
    if (due.length === 0) return REST;
    const rowKeys = due.map((n) => phoneKeys.outbox(number, n));
    const times = (await kv.getMany(rowKeys)).map(({ value }) => value?.repeat?.at ?? 0);
    const now = clock();
    const wait = Math.min(...times) - now;
    if (wait > 0) return wait > MAX_WAIT_MS ? REST : waitFor(wait);
    const cost = await channelCost(this.deps, number, phone.tool);
    const phoneKey = phoneKeys.phone(number);
    const reads = [phoneKey, phoneKeys.work(number), ...rowKeys, ...readsToPay(cost)];
    await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const before = tx.get(phoneKey);
      if (before === null) return;
      let after = before;
      const left: number[] = [];
      for (const n of before.repeats ?? []) {
        const looked = due.includes(n);
        const row = looked ? tx.get(phoneKeys.outbox(number, n)) : null;
        if (!looked || (row?.repeat && row.repeat.at > now)) left.push(n);
        else if (row) after = repeat(tx, number, after, { n, row, cost });
      }
      const settled = { ...after, repeats: left };
      tx.set(phoneKey, settled);
      this.leases.end(tx, number, settled);
    }, 4_000 + 5_000 * due.length);
    return AGAIN;
  }
}

/** Appends one repetition, or records why it is withheld. */
function repeat(
  tx: Tx,
  number: string,
  phone: Phone,
  { n, row, cost }: { n: number; row: Outbox; cost: ChannelCost },
): Phone {
  const rowKey = phoneKeys.outbox(number, n);
  const { repeat: _, ...arrived } = row;
  if (row.status === null || !hasFailed(row.status)) {
    tx.set(rowKey, arrived);
    return phone;
  }
  const why = withheld(phone, n, row, cost.at) ?? (fitsCeilings(tx, cost, 1) ? null : "overBudget");
  if (why !== null) {
    tx.set(rowKey, { ...row, why });
    return phone;
  }
  const { kind, body, voice, by, turn } = row;
  const sentBefore = (row.sentBefore ?? 0) + 1;
  const message = { kind, body, sentBefore, ...(by === null ? {} : { by }), ...voice && { voice } };
  const cause = `again.${row.sid ?? `${number}.${n}`}`;
  const after = append(tx, number, phone, [message], { cost, cause, turn });
  tx.set(rowKey, { ...row, repeat: { at: cost.at, as: phone.next } });
  return after;
}

/** Why a message must not be repeated; null if it may. */
function withheld(phone: Phone, n: number, row: Outbox, now: number): Why | null {
  if (phone.blocked) return "blocked";
  if (!windowOpen(phone.lastInboundAt, now) || phone.windowShut) return "window";
  if (hasLapsed(row, now)) return "gaveUp";
  // The confirmation of STOP goes only to opted-out people, everything else only to others.
  if (row.kind === "goodbye") return phone.optedOut ? null : "optedOut";
  if (phone.optedOut || n < phone.dropBefore) return "optedOut";
  // A mirrored message needs the link that it was sent under.
  if (row.kind === "mirror" && (phone.linked === null || phone.linked.since > row.at)) {
    return "follows";
  }
  return null;
}
