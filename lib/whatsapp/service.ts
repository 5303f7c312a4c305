import { OFF } from "../locales/admin/twilio_check.ts";
import { deliveryError } from "./rules/delivery_errors.ts";
import { isSimulatedPhone } from "../people/rules/phone.ts";
import type { WhatsAppStatus } from "../shared/views/whatsapp_view.ts";
import { meteringKeys } from "../metering/records.ts";
import type { Finding } from "./messenger.ts";
import type { SimulatedMessenger } from "./simulated.ts";
import {
  parseStatus,
  parseWebhook,
  type SignedRequest,
  type StatusUpdate,
  type WebhookRefusal,
} from "./twilio/webhook.ts";
import type { Chat } from "../chat/chat.ts";
import type { Deps } from "../deps.ts";
import type { Eraser } from "../chat/history/eraser.ts";
import type { History } from "../chat/history/history.ts";
import type { Hub } from "../platform/hub.ts";
import type { SideCalls } from "../metering/side_calls.ts";
import { Answering } from "./inbox/answering.ts";
import { Asides } from "./desk/asides.ts";
import { Asking } from "./inbox/asking.ts";
import { messagePrice } from "./outbox/channel_cost.ts";
import { Commands } from "./inbox/commands.ts";
import { Consuming } from "./inbox/consuming.ts";
import { Desk } from "./desk/desk.ts";
import { erasePerson } from "./erasing.ts";
import { Exports } from "./exports.ts";
import { Joining } from "./linking/joining.ts";
import { Leases } from "./inbox/leases.ts";
import type { Linking } from "./linking/linking.ts";
import { Messengers } from "./outbox/messengers.ts";
import { OutboxEnds } from "./outbox/outbox_ends.ts";
import { Pauses } from "./outbox/pauses.ts";
import { idOf, visitorOf } from "./people.ts";
import { Proposals } from "./inbox/proposals.ts";
import { take } from "./inbox/receiving.ts";
import { Reconciling } from "./outbox/reconciling.ts";
import { Repeating } from "./outbox/repeating.ts";
import { keepReport } from "./outbox/reporting.ts";
import { Sending } from "./outbox/sending.ts";
import type { MediaReader } from "./inbox/media.ts";
import { showTyping } from "./inbox/typing.ts";
import { understandMedia } from "./inbox/understanding.ts";
import type { Received, WhatsApp } from "./whatsapp.ts";
import { Worker } from "./inbox/worker.ts";

/** What WhatsApp stands on besides the rest. */
export interface WhatsAppParts {
  chat: Chat;
  history: History;
  eraser: Eraser;
  hub: Hub;
  linking: Linking;
  /** Phones that are in a page. */
  simulated: SimulatedMessenger;
  sideCalls: SideCalls;
  media: MediaReader;
  alone: () => boolean;
}

/** WhatsApp put together; see the interface. */
export class WhatsAppService implements WhatsApp {
  private readonly messengers: Messengers;
  private readonly pauses = new Pauses();
  private readonly worker: Worker;
  private readonly desk: Desk;
  private readonly exports: Exports;

  constructor(private readonly deps: Deps, private readonly parts: WhatsAppParts) {
    const { chat, history, eraser, hub, linking, alone } = parts;
    const messengers = this.messengers = new Messengers(deps.config, linking, parts.simulated);
    this.exports = new Exports(deps);
    const leases = new Leases(deps);
    const consuming = new Consuming(deps, leases);
    const commands = new Commands(deps, {
      history,
      linking,
      erase: async (number, phone) => {
        await erasePerson(deps, eraser, number, phone);
        await linking.forget(visitorOf(phone));
      },
      export: (phone) => this.exports.offer(phone),
    });
    const typing = showTyping(messengers, deps.clock);
    const understand = understandMedia(parts.media, messengers);
    const proposals = new Proposals(deps, parts.sideCalls);
    const asking = new Asking(deps, chat, leases, consuming, understand, typing, proposals);
    const asides = new Asides(deps, leases, hub);
    const answering = new Answering(
      deps,
      leases,
      { commands, consuming, asking, asides, joining: new Joining(deps, leases, history) },
      alone,
    );
    const ends = new OutboxEnds(deps, leases);
    const reconciling = new Reconciling(deps, messengers, ends);
    const repeating = new Repeating(deps, leases);
    const sending = new Sending(
      deps,
      leases,
      messengers,
      ends,
      reconciling,
      repeating,
      this.pauses,
      alone,
    );
    this.worker = new Worker(
      deps,
      leases,
      [
        (number, stopped) => answering.step(number, stopped),
        (number) => sending.step(number),
      ],
      alone,
    );
    const template = (messengers.settings?.templateSid ?? null) !== null;
    const wake = (number: string) => this.wake(number);
    this.desk = new Desk(deps, { chat, history, hub, wake, template });
  }

  /** Takes up what was left behind. */
  start(): void {
    this.worker.start();
  }

  /** Takes up what a process that is gone left behind. */
  sweep(): void {
    void this.worker.sweep();
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  status(): WhatsAppStatus {
    const { config } = this.deps;
    const { paused } = this.pauses;
    const url = config.PUBLIC_URL;
    return {
      on: this.messengers.off === null,
      reason: this.messengers.off,
      number: config.TWILIO_PHONE_NUMBER ?? null,
      webhookUrl: url === undefined ? null : `${url}/api/whatsapp`,
      statusUrl: url === undefined ? null : `${url}/api/whatsapp/status`,
      paused: paused && {
        ...paused,
        meaning: deliveryError(paused.code ?? 401).meaning,
      },
      template: config.TWILIO_TEMPLATE_SID !== undefined,
      debounceMs: config.WHATSAPP_DEBOUNCE_MS,
      price: messagePrice(this.deps),
    };
  }

  async webhook(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal> {
    const { settings } = this.messengers;
    if (settings === null) return "off";
    const outcome = await parseWebhook(request, settings);
    if (outcome.kind === "refused") return outcome.reason;
    // Nobody at Twilio has such a number: it would pass for one of the admin area's own.
    const { from, alias } = outcome.message;
    if (this.simulates(from) || (alias !== null && this.simulates(alias))) return "number";
    await this.receive(outcome.message);
    return "taken";
  }

  async callback(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal> {
    const { settings } = this.messengers;
    if (settings === null) return "off";
    const outcome = await parseStatus(request, settings);
    if (outcome.kind === "refused") return outcome.reason;
    await this.report(outcome.update);
    return "taken";
  }

  async receive(message: Received): Promise<void> {
    const taking = await take(this.deps, message);
    if (taking.kind === "ignored") return;
    for (const number of [...taking.joining, taking.number]) this.wake(number);
    if (taking.kind !== "stopped") return;
    for (const { visitor, tool } of taking.turns) await this.stopTurn(visitor, tool);
  }

  async report(update: StatusUpdate): Promise<void> {
    const repeats = await keepReport(this.deps, update);
    if (repeats !== null) this.wake(repeats);
  }

  simulates(number: string): boolean {
    return isSimulatedPhone(number);
  }

  async idOf(number: string): Promise<string | null> {
    const { phones } = this.deps.store;
    const phone = await phones.get(await phones.numberAt(number));
    return phone && idOf(phone);
  }

  block(id: string, who: string): Promise<void> {
    return this.desk.block(id, who, true);
  }

  unblock(id: string, who: string): Promise<void> {
    return this.desk.block(id, who, false);
  }

  expire(id: string, who: string): Promise<void> {
    return this.desk.expire(id, who);
  }

  takeOver(id: string, who: string, minutes: number): Promise<void> {
    return this.desk.takeOver(id, who, minutes);
  }

  handBack(id: string, who: string): Promise<void> {
    return this.desk.handBack(id, who);
  }

  say(id: string, text: string, who: string) {
    return this.desk.say(id, text, who);
  }

  async exportOf(token: string): Promise<AsyncGenerator<string> | null> {
    const visitor = await this.exports.visitor(token);
    return visitor === null ? null : this.exports.read(visitor);
  }

  async check(): Promise<Finding[]> {
    const { off, settings } = this.messengers;
    const { webhookUrl } = this.status();
    const messenger = settings && this.messengers.to(settings.number);
    if (off !== null || !messenger || webhookUrl === null) {
      return [{ state: "wrong", text: off ?? OFF.off }];
    }
    return await messenger.check(webhookUrl);
  }

  wake(number: string): void {
    if (this.messengers.to(number) !== null) this.worker.wake(number);
  }

  /** Ends a reply to the phone that is being written; not one on the web. */
  private async stopTurn(visitor: string, tool: string): Promise<void> {
    const { kv, conversations } = this.deps.store;
    const pointer = (await conversations.head(visitor, tool))?.running;
    if (!pointer) return;
    const { value } = await kv.get(meteringKeys.running(pointer.process, pointer.turn));
    if (value?.channel === "whatsapp") await this.parts.chat.stop(visitor, tool);
  }
}
