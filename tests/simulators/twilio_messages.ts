import type { DeliveryStatus } from "@/lib/whatsapp/rules/delivery_status.ts";

/** A message that the simulator accepted. */
export interface SimMessage {
  sid: string;
  /** E.164. */
  to: string;
  from: string;
  body: string;
  mediaUrl: string | null;
  contentSid: string | null;
  contentVariables: string | null;
  statusCallback: string | null;
  status: DeliveryStatus;
  errorCode: number | null;
  /** Milliseconds since the epoch. */
  created: number;
}

interface Waiter {
  done: () => boolean;
  resolve: () => void;
}

/** Accepted messages, in order. */
export class SimMessages {
  readonly all: SimMessage[] = [];
  readonly #bySid = new Map<string, SimMessage>();
  readonly #byRecipient = new Map<string, SimMessage[]>();
  readonly #waiters = new Set<Waiter>();

  add(message: SimMessage): void {
    this.all.push(message);
    this.#bySid.set(message.sid, message);
    const others = this.#byRecipient.get(message.to);
    if (others) others.push(message);
    else this.#byRecipient.set(message.to, [message]);
    this.changed();
  }

  get(sid: string): SimMessage | undefined {
    return this.#bySid.get(sid);
  }

  to(number: string): readonly SimMessage[] {
    return this.#byRecipient.get(number) ?? [];
  }

  /** Wakes waiting callers. */
  changed(): void {
    for (const waiter of this.#waiters) if (waiter.done()) waiter.resolve();
  }

  async waitUntil(done: () => boolean, limitMs: number, what: () => string): Promise<void> {
    if (done()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { done, resolve };
    this.#waiters.add(waiter);
    const timer = setTimeout(
      () => reject(new Error(`Waited ${limitMs} ms for ${what()}`)),
      limitMs,
    );
    await promise.finally(() => {
      clearTimeout(timer);
      this.#waiters.delete(waiter);
    });
  }

  /** A page of the API's list: newest first, filtered by recipient and sender if asked. */
  page(query: URLSearchParams, path: string): Record<string, unknown> {
    const plain = (name: string) => query.get(name)?.replace(/^whatsapp:/, "") ?? null;
    const to = plain("To");
    const from = plain("From");
    const after = Date.parse(query.get("DateSent>") ?? "");
    const before = Date.parse(query.get("DateSent<") ?? "");
    const size = Number(query.get("PageSize") ?? 50);
    const page = Number(query.get("Page") ?? 0);
    const found = (to === null ? this.all : this.to(to)).filter((message) =>
      (from === null || message.from === from) &&
      // An unsent message has no date, so a date filter does not find it.
      (Number.isNaN(after) || (sentAt(message) ?? -1) >= after) &&
      (Number.isNaN(before) || (sentAt(message) ?? Infinity) <= before)
    ).toReversed();
    const next = new URLSearchParams(query);
    next.set("Page", String(page + 1));
    return {
      messages: found.slice(page * size, (page + 1) * size).map(resource),
      page,
      page_size: size,
      next_page_uri: found.length > (page + 1) * size ? `${path}?${next}` : null,
      uri: `${path}?${query}`,
    };
  }
}

const WAITS: readonly DeliveryStatus[] = ["accepted", "queued", "sending"];

function sentAt({ status, created }: SimMessage): number | null {
  return WAITS.includes(status) ? null : created;
}

/** A message as the API shows it: dates in RFC 2822, whole seconds. */
export function resource(message: SimMessage): Record<string, unknown> {
  const created = new Date(message.created).toUTCString().replace("GMT", "+0000");
  return {
    sid: message.sid,
    to: `whatsapp:${message.to}`,
    from: `whatsapp:${message.from}`,
    body: message.body,
    direction: "outbound-api",
    status: message.status,
    error_code: message.errorCode,
    error_message: null,
    num_media: message.mediaUrl === null ? "0" : "1",
    num_segments: "1",
    price: null,
    price_unit: null,
    date_created: created,
    date_updated: created,
    date_sent: sentAt(message) === null ? null : created,
    api_version: "2010-04-01",
    uri: `/2010-04-01/Messages/${message.sid}.json`,
    subresource_uris: {},
  };
}

/** The error code of a request that Twilio would refuse, or null. */
export function invalidity(form: URLSearchParams, number: string): number | null {
  const person = /^whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.\w+)$/;
  if (!person.test(form.get("To") ?? "")) return 21211;
  if (form.get("From") !== `whatsapp:${number}`) return 63007;
  const body = form.get("Body") ?? "";
  if (body === "" && !form.has("MediaUrl") && !form.has("ContentSid")) return 21619;
  return body.length > 1600 ? 21617 : null;
}
