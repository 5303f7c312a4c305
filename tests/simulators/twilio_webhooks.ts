import { createHmac } from "node:crypto";
import { exchange, WireError } from "@/lib/whatsapp/twilio/wire.ts";

/** Names and values of a form, in order; a name may occur several times. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** The program's answer to one request of Twilio's. */
export interface Delivery {
  /** 0 when no answer came. */
  status: number;
  contentType: string | null;
  body: string;
  /** Milliseconds to the end of the answer. */
  ms: number;
}

/**
 * Twilio's signature of a form post: the address and all fields sorted by name, repeated values
 * once (https://www.twilio.com/docs/usage/security). A second implementation, independent of the
 * program's.
 */
export function sign(authToken: string, url: string, fields: Fields): string {
  const names = [...new Set(fields.map(([name]) => name))].sort();
  const text = names.map((name) => {
    const values = fields.filter(([each]) => each === name).map(([, value]) => value);
    return [...new Set(values)].sort().map((value) => name + value).join("");
  });
  return createHmac("sha1", authToken).update(url + text.join("")).digest("base64");
}

/** Where the program is reached, and the address that is signed. */
export interface App {
  url: string;
  publicUrl: string;
}

/** Makes the signed requests of one account. */
export class TwilioWebhooks {
  app: App | null = null;
  /** Requests with an answer that Twilio does not accept (error 11200), by path. */
  readonly errors: { path: string; status: number }[] = [];
  /** Answer timeout; Twilio waits 15 s. */
  timeoutMs = 15_000;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor(private readonly authToken: string) {}

  /**
   * Posts to a public address of the program; retries once after a lost connection, as Twilio does.
   */
  post(publicUrl: string, fields: Fields, token?: string): Promise<Delivery> {
    const posting = this.#post(publicUrl, fields, token ?? crypto.randomUUID());
    this.#underWay.add(posting);
    return posting.finally(() => this.#underWay.delete(posting));
  }

  /** Waits until all requests are answered. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Adds work that {@link settled} waits for. */
  track(work: Promise<unknown>): void {
    this.#underWay.add(work);
    work.finally(() => this.#underWay.delete(work)).catch(() => {});
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #post(publicUrl: string, fields: Fields, token: string): Promise<Delivery> {
    const { app } = this;
    if (app === null) throw new Error("The simulator knows no program: call connect() first");
    const url = new URL(publicUrl.replace(app.publicUrl, app.url));
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
    const start = performance.now();
    const ask = async (): Promise<Delivery> => {
      const answer = await exchange({
        url,
        method: "POST",
        headers: {
          "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
          "User-Agent": "TwilioProxy/1.1",
          "X-Twilio-Signature": sign(this.authToken, publicUrl, fields),
          "I-Twilio-Idempotency-Token": token,
        },
        body,
      }, { timeoutMs: this.timeoutMs, maxBytes: 1 << 20, signal: this.#closing.signal });
      return {
        status: answer.status,
        contentType: answer.headers.get("content-type"),
        body: new TextDecoder().decode(answer.body),
        ms: performance.now() - start,
      };
    };
    let delivery: Delivery;
    try {
      delivery = await ask().catch((error) => {
        if (this.closed || !(error instanceof WireError)) throw error;
        return ask();
      });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      delivery = { status: 0, contentType: null, body: "", ms: performance.now() - start };
    }
    const { status, contentType } = delivery;
    if (status < 200 || status >= 400 || contentType === null) {
      this.errors.push({ path: url.pathname, status });
    }
    return delivery;
  }
}
