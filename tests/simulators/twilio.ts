import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { DeliveryStatus } from "@/lib/whatsapp/rules/delivery_status.ts";
import { type AccountState, lookUp } from "./twilio_account.ts";
import type { TwilioFault } from "./twilio_faults.ts";
import { addressOf, json, refuse, textOf } from "./twilio_http.ts";
import { type MediaOptions, TwilioMedia } from "./twilio_media.ts";
import { invalidity, resource, type SimMessage, SimMessages } from "./twilio_messages.ts";
import { newSid, Phone } from "./twilio_phone.ts";
import { type Delivery, type Fields, TwilioWebhooks } from "./twilio_webhooks.ts";

export interface TwilioOptions {
  accountSid?: string;
  authToken?: string;
  /** The organisation's number, E.164. */
  number?: string;
  /** Messages accepted per second; more are refused with 63018. No limit by default. */
  perSecond?: number;
  /** Statuses reported for each accepted message, in order; none by default. */
  reports?: readonly DeliveryStatus[];
}

/**
 * Simulates Twilio at the wire: the parts of its API that the program uses, a CDN, signed webhooks
 * and status callbacks, phones, and faults on request. Give the program {@link env}, tell the
 * simulator where it listens by {@link connect}, and let a {@link phone} say something.
 */
export class TwilioSimulator implements AsyncDisposable {
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
  readonly messages = new SimMessages();
  readonly media = new TwilioMedia();
  readonly webhooks: TwilioWebhooks;
  readonly account: AccountState = {
    status: "active",
    type: "Full",
    sender: "ONLINE",
    owned: true,
    webhook: null,
  };
  /** SIDs of the messages for which typing was shown. */
  readonly typings: string[] = [];
  /** Send requests received, whatever their outcome. */
  sends = 0;
  /** Statuses reported for each accepted message. */
  reports: readonly DeliveryStatus[];
  perSecond: number;
  readonly #faults = new Map<string, TwilioFault[]>();
  readonly #always = new Map<string, TwilioFault>();
  readonly #recent: number[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  private constructor(
    options: TwilioOptions,
    private readonly api: http.Server,
    private readonly cdn: http.Server,
  ) {
    this.accountSid = options.accountSid ?? newSid("AC");
    this.authToken = options.authToken ?? newSid("").slice(0, 32);
    this.number = options.number ?? "+15005550006";
    this.perSecond = options.perSecond ?? Infinity;
    this.reports = options.reports ?? [];
    this.webhooks = new TwilioWebhooks(this.authToken);
    api.on("request", (request, response) => void this.#serve(request, response));
    cdn.on("request", (request, response) => this.media.atCdn(request, response));
  }

  /** Starts on free local ports. */
  static async start(options: TwilioOptions = {}): Promise<TwilioSimulator> {
    const servers = [http.createServer(), http.createServer()] as const;
    await Promise.all(
      servers.map((server) =>
        new Promise<void>((done) => void server.listen(0, "127.0.0.1", done))
      ),
    );
    return new TwilioSimulator(options, ...servers);
  }

  /** The program's TWILIO_BASE_URL. */
  get url(): string {
    return addressOf(this.api);
  }

  get cdnUrl(): string {
    return addressOf(this.cdn);
  }

  /** The program's settings for this account. */
  env(): Record<string, string> {
    return {
      TWILIO_ACCOUNT_SID: this.accountSid,
      TWILIO_AUTH_TOKEN: this.authToken,
      TWILIO_PHONE_NUMBER: this.number,
      TWILIO_BASE_URL: this.url,
    };
  }

  /** Sets where the program listens, and its PUBLIC_URL if that is another address. */
  connect(url: string, publicUrl = url): void {
    this.webhooks.app = { url, publicUrl };
    this.account.webhook ??= this.webhookUrl;
  }

  get webhookUrl(): string {
    return `${this.webhooks.app?.publicUrl}/api/whatsapp`;
  }

  phone(number: string): Phone {
    return new Phone(this, number);
  }

  /** Faults of the next messages to this number (`*`: any), one each. */
  fault(to: string, ...faults: TwilioFault[]): void {
    this.#faults.set(to, [...this.#faults.get(to) ?? [], ...faults]);
  }

  /** Fault of all messages to this number (`*`: any), until null is given. */
  always(to: string, fault: TwilioFault | null): void {
    if (fault === null) this.#always.delete(to);
    else this.#always.set(to, fault);
  }

  /** Stores an attachment and returns its address. */
  keep(bytes: Uint8Array, type: string, options: MediaOptions = {}): string {
    const sid = newSid("ME");
    this.media.keep(sid, bytes, type, options);
    return `${this.url}${this.#path}/Messages/${newSid("MM")}/Media/${sid}`;
  }

  /** Posts a status callback of a message; any order and repetition is allowed. */
  async report(
    sid: string,
    status: DeliveryStatus,
    errorCode: number | null = null,
  ): Promise<Delivery | null> {
    const message = this.messages.get(sid);
    if (message === undefined) throw new Error(`No message ${sid}`);
    message.status = status;
    message.errorCode = errorCode;
    this.messages.changed();
    if (message.statusCallback === null) return null;
    const fields: Fields = [
      ["SmsSid", sid],
      ["SmsStatus", status],
      ["MessageStatus", status],
      ["ChannelToAddress", `${message.to.slice(0, -4)}XXXX`],
      ["To", `whatsapp:${message.to}`],
      ["ChannelPrefix", "whatsapp"],
      ["MessageSid", sid],
      ["AccountSid", this.accountSid],
      ["From", `whatsapp:${this.number}`],
      ["ApiVersion", "2010-04-01"],
      ...(errorCode === null ? [] : [["ErrorCode", String(errorCode)] as const]),
    ];
    return await this.webhooks.post(message.statusCallback, fields);
  }

  /** Waits until every webhook and callback is answered. */
  settled(): Promise<void> {
    return this.webhooks.settled();
  }

  /** Handles a webhook's answer as Twilio does: text that is no TwiML goes to the person. */
  takeAnswer(to: string, { status, contentType, body }: Delivery): void {
    if (status !== 200 || body.trim() === "") return;
    const said = /xml/.test(contentType ?? "")
      ? [...body.matchAll(/<Message[^>]*>([^]*?)<\/Message>/g)].map(([, text = ""]) => text)
      : [body];
    for (const text of said) this.#accept(new URLSearchParams({ Body: text }), to);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.webhooks.close();
    await Promise.all([this.api, this.cdn].map((server) => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #path(): string {
    return `/2010-04-01/Accounts/${this.accountSid}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const { pathname, searchParams } = url;
    const keys = btoa(`${this.accountSid}:${this.authToken}`);
    if (request.headers.authorization !== `Basic ${keys}`) return refuse(response, 401, 20003);
    const body = await textOf(request).catch(() => null);
    // The program was killed in mid-request.
    if (body === null) return;
    const form = new URLSearchParams(body);
    const { method } = request;
    const [, rest = ""] = pathname.split(this.#path);
    const [, media] = /^\/Messages\/\w+\/Media\/(\w+)$/.exec(rest) ?? [];
    const [, sid] = /^\/Messages\/(\w+)\.json$/.exec(rest) ?? [];
    if (rest === "/Messages.json" && method === "POST") return this.#take(form, response);
    if (rest === "/Messages.json") {
      return json(response, 200, this.messages.page(searchParams, pathname));
    }
    const message = sid === undefined ? undefined : this.messages.get(sid);
    if (message !== undefined) return json(response, 200, resource(message));
    if (media !== undefined) return this.media.atApi(media, this.cdnUrl, response);
    if (pathname === "/v2/Indicators/Typing.json" && method === "POST") {
      this.typings.push(form.get("messageId") ?? "");
      return json(response, 200, { success: true });
    }
    const found = lookUp(this.account, this.accountSid, this.number, url);
    if (found === null) refuse(response, 404, 20404);
    else json(response, 200, found);
  }

  #take(form: URLSearchParams, response: ServerResponse): void {
    this.sends++;
    const to = form.get("To")?.replace(/^whatsapp:/, "") ?? "";
    const invalid = invalidity(form, this.number);
    if (invalid !== null) return refuse(response, 400, invalid);
    const fault = this.#faultFor(to);
    if (fault.kind === "refuse") {
      return refuse(response, fault.status, fault.code, fault.retryAfter);
    }
    if (fault.kind === "page") {
      response.writeHead(fault.status, { "content-type": "text/html" });
      return void response.end("<h1>Sorry</h1>");
    }
    if (fault.kind === "deaf") return;
    if (fault.kind === "reset" && !fault.stored) return void response.socket?.destroy();
    if (this.#tooFast()) return refuse(response, 429, 63018, "1");
    const take = () => {
      const message = this.#accept(form, to);
      if (fault.kind === "reset") return void response.socket?.destroy();
      if (fault.kind === "silent") return;
      if (fault.kind === "late") return refuse(response, fault.status, 0);
      if (fault.kind === "cut") {
        response.writeHead(201, { "content-type": "application/json", "content-length": "900" });
        response.write('{"sid": "SM');
        return void setTimeout(() => response.socket?.destroy(), 5);
      }
      json(response, 201, resource(message));
      this.#reportAll(message, fault.kind === "fails" ? fault.code : null);
    };
    if (fault.kind === "slow") this.#later(fault.ms, take);
    else take();
  }

  #accept(form: URLSearchParams, to: string): SimMessage {
    const contentSid = form.get("ContentSid");
    const contentVariables = form.get("ContentVariables");
    const message: SimMessage = {
      sid: newSid(form.has("MediaUrl") ? "MM" : "SM"),
      to,
      from: this.number,
      body: form.get("Body") ??
        (contentSid === null ? "" : `Template ${contentSid} ${contentVariables ?? ""}`.trim()),
      mediaUrl: form.get("MediaUrl"),
      contentSid,
      contentVariables,
      statusCallback: form.get("StatusCallback"),
      status: "queued",
      errorCode: null,
      created: Date.now(),
    };
    this.messages.add(message);
    return message;
  }

  #faultFor(to: string): TwilioFault {
    const next = this.#faults.get(to)?.shift() ?? this.#faults.get("*")?.shift();
    return next ?? this.#always.get(to) ?? this.#always.get("*") ?? { kind: "accept" };
  }

  #tooFast(): boolean {
    if (this.perSecond === Infinity) return false;
    const now = performance.now();
    while ((this.#recent[0] ?? Infinity) <= now - 1000) this.#recent.shift();
    if (this.#recent.length >= this.perSecond) return true;
    this.#recent.push(now);
    return false;
  }

  #reportAll({ sid }: SimMessage, failure: number | null): void {
    if (failure === null && this.reports.length === 0) return;
    this.webhooks.track((async () => {
      if (failure !== null) return void await this.report(sid, "failed", failure);
      for (const status of this.reports) {
        if (!this.webhooks.closed) await this.report(sid, status);
      }
    })());
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
