import type { Language } from "../shared/languages.ts";
import type { NanoUsd } from "../shared/money.ts";
import { OFF } from "../locales/admin/twilio_check.ts";
import { deliveryError } from "./rules/delivery_errors.ts";
import { isSimulatedPhone } from "../people/rules/phone.ts";
import type { WhatsAppStatus } from "../shared/views/whatsapp_view.ts";
import { meteringKeys } from "../metering/records.ts";
import type { CheckFinding } from "./messenger.ts";
import type { SimulatedMessenger } from "./simulated.ts";
import {
  parseStatus,
  parseWebhook,
  type SignedRequest,
  type StatusUpdate,
  type WebhookRefusal,
} from "./twilio/webhook.ts";
import type { Chat } from "../chat/chat.ts";
import type { WhatsAppDeps } from "./deps.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import type { History } from "../chat/history/history.ts";
import type { PaidCalls } from "../metering/calls/paid_calls.ts";
import { InboxProcessor } from "./inbox/inbox_processor.ts";
import { HandoffMessages } from "./desk/handoff_messages.ts";
import { QuestionHandler } from "./inbox/question_handler.ts";
import { messagePrice, priceRange } from "./outbox/message_price.ts";
import { Commands } from "./inbox/commands.ts";
import { InboxCompletion } from "./inbox/inbox_completion.ts";
import { PersonService } from "./desk/person_service.ts";
import { deletePerson } from "./delete_person.ts";
import type { MemoryService } from "../memory/memory_service.ts";
import type { ReachedGoals } from "../experiments/counts/goals.ts";
import { PersonExports } from "./exports.ts";
import { RecordMerge } from "./linking/record_merge.ts";
import { Leases } from "./inbox/leases.ts";
import type { Linking } from "./linking/linking.ts";
import { Messengers } from "./outbox/messengers.ts";
import { OutboxTransitions } from "./outbox/outbox_transitions.ts";
import { SendThrottle } from "./outbox/send_throttle.ts";
import { idOf, visitorOf } from "./people.ts";
import { ToolSuggestions } from "./inbox/tool_suggestions.ts";
import { receiveMessage } from "./inbox/receiving.ts";
import { DeliveryReconciler } from "./outbox/delivery_reconciler.ts";
import { DeliveryRetry } from "./outbox/delivery_retry.ts";
import { recordReport } from "./outbox/delivery_reports.ts";
import { OutboxSender } from "./outbox/outbox_sender.ts";
import type { ByteRoom } from "../platform/byte_room.ts";
import type { MediaReader } from "./inbox/media.ts";
import { showTyping } from "./inbox/typing.ts";
import { createSpeaker } from "../llm/speech/speaker.ts";
import { PaidSpeech } from "../media/speech.ts";
import type { SpeechView } from "../shared/views/whatsapp_admin_view.ts";
import type { File } from "../media/stored_media.ts";
import { SpokenReplies } from "./speech/spoken_replies.ts";
import { understandMedia } from "./inbox/understanding.ts";
import type { Received, WhatsApp } from "./whatsapp.ts";
import { PhoneWorker } from "./inbox/worker.ts";

/** Capabilities and adapters that WhatsApp is composed of. */
interface WhatsAppParts {
  chat: Chat;
  history: History;
  deletion: DataDeletion;
  linking: Linking;
  memory: MemoryService;
  simulated: SimulatedMessenger;
  paidCalls: PaidCalls;
  media: MediaReader;
  soundRoom: ByteRoom;
  goals: ReachedGoals;
}

/** Composition of WhatsApp; see {@link WhatsApp}. */
export class WhatsAppService implements WhatsApp {
  private readonly messengers: Messengers;
  private readonly throttle = new SendThrottle();
  private readonly worker: PhoneWorker;
  private readonly desk: PersonService;
  private readonly exports: PersonExports;
  private readonly paidSpeech: PaidSpeech;
  private readonly spoken: SpokenReplies;

  constructor(private readonly deps: WhatsAppDeps, private readonly parts: WhatsAppParts) {
    const { chat, history, deletion, linking } = parts;
    const { bus } = deps;
    const messengers = this.messengers = new Messengers(deps, linking, parts.simulated);
    this.exports = new PersonExports(deps, parts.goals);
    const leases = new Leases(deps);
    const completion = new InboxCompletion(deps, leases);
    const commands = new Commands(deps, {
      history,
      linking,
      memory: parts.memory,
      deletePerson: async (number, phone) => {
        await deletePerson(deps, deletion, number, phone);
        await linking.deleteVisitor(visitorOf(phone));
      },
      export: (phone) => this.exports.offer(phone),
    });
    const typing = showTyping(messengers, deps.clock);
    const understand = understandMedia(parts.media, messengers);
    const suggestions = new ToolSuggestions(deps, parts.paidCalls);
    const questions = new QuestionHandler(deps, {
      chat,
      leases,
      completion,
      understand,
      typing,
      suggestions,
      soundRoom: parts.soundRoom,
    });
    const handoff = new HandoffMessages(deps, leases);
    const inbox = new InboxProcessor(
      deps,
      leases,
      { commands, completion, questions, handoff, merge: new RecordMerge(deps, leases, history) },
    );
    const transitions = new OutboxTransitions(deps, leases);
    const reconciler = new DeliveryReconciler(deps, messengers, transitions);
    const retry = new DeliveryRetry(deps, leases);
    const sender = new OutboxSender(deps, {
      leases,
      messengers,
      transitions,
      reconciler,
      retry,
      throttle: this.throttle,
    });
    const speaker = createSpeaker(deps.config, deps.http);
    this.paidSpeech = new PaidSpeech(deps, speaker, parts.paidCalls);
    this.spoken = new SpokenReplies(deps, leases, this.paidSpeech);
    this.worker = new PhoneWorker(
      deps,
      leases,
      [
        (number, stopped) => inbox.step(number, stopped),
        (number) => sender.step(number),
        (number, stopped) => this.spoken.step(number, stopped),
      ],
    );
    const template = (messengers.settings?.templateSid ?? null) !== null;
    this.desk = new PersonService(deps, { chat, history, template });
    parts.simulated.reportTo((update) => void this.report(update));
    bus.subscribe("OutboxGrew", ({ number }) => this.wake(number));
    // A lost process's leases end with it; one that leaves has released its own.
    bus.subscribe("ProcessLost", () => void this.worker.sweep());
    bus.subscribe("ProcessLeft", () => void this.worker.sweep());
  }

  /** Starts the worker and its sweep of pending messages. */
  start(): void {
    this.worker.start();
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  status(): WhatsAppStatus {
    const { config } = this.deps;
    const { paused } = this.throttle;
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
      price: priceRange(this.deps),
    };
  }

  replyPrice(number: string): NanoUsd {
    return messagePrice(this.deps, number).unit;
  }

  async webhook(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal> {
    const { settings } = this.messengers;
    if (settings === null) return "off";
    const outcome = await parseWebhook(request, settings);
    if (outcome.kind === "refused") return outcome.reason;
    // A simulated number from Twilio would pass for the admin area's own.
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
    const taking = await receiveMessage(this.deps, message);
    this.passed(message.from, "in", taking.kind);
    if (taking.kind === "ignored") return;
    for (const number of [...taking.joining, taking.number]) this.wake(number);
    if (taking.kind !== "stopped") return;
    for (const { visitor, tool } of taking.turns) await this.stopTurn(visitor, tool);
  }

  async report(update: StatusUpdate): Promise<void> {
    const { number, repeats } = await recordReport(this.deps, update);
    if (number !== null) this.passed(number, "out", update.status);
    if (number !== null && repeats) this.wake(number);
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

  async exportOf(token: string, language?: Language): Promise<AsyncGenerator<string> | null> {
    const visitor = await this.exports.visitor(token);
    return visitor === null ? null : this.exports.read(visitor, language);
  }

  voiceNote(id: string): Promise<File | null> {
    return this.spoken.note(id);
  }

  speech(): SpeechView | null {
    return this.paidSpeech.state();
  }

  async check(): Promise<CheckFinding[]> {
    const { off, settings } = this.messengers;
    const { webhookUrl } = this.status();
    const messenger = settings && this.messengers.to(settings.number);
    if (off !== null || !messenger || webhookUrl === null) {
      return [{ state: "wrong", text: off ?? OFF.off }];
    }
    return await messenger.check(webhookUrl);
  }

  private passed(number: string, direction: "in" | "out", status: string): void {
    if (!this.simulates(number)) this.deps.bus.emit("MessagePassed", { direction, status });
  }

  /** Wakes a phone's inbox and outbox loops. */
  private wake(number: string): void {
    if (this.messengers.to(number) !== null) this.worker.wake(number);
  }

  /** Stops the running turn if it came from the phone, not from the web. */
  private async stopTurn(visitor: string, tool: string): Promise<void> {
    const { kv, conversations } = this.deps.store;
    const pointer = (await conversations.head(visitor, tool))?.running;
    if (!pointer) return;
    const { value } = await kv.get(meteringKeys.running(pointer.process, pointer.turn));
    if (value?.channel === "whatsapp") await this.parts.chat.stop(visitor, tool);
  }
}
