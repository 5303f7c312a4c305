import { ceilingDecided, organisationCeiling } from "./metering/budgets_in_force.ts";
import { DEFAULT_TOOLS } from "./tools/rules/default_tools.ts";
import { type Cursor, NOWHERE } from "./chat/rules/turn_events.ts";
import { AdminArea } from "./admin/area.ts";
import { AlertSender } from "./alerts/alert_sender.ts";
import { Audit } from "./audit/audit.ts";
import { Caretaker } from "./chat/caretaker.ts";
import { Chat } from "./chat/chat.ts";
import { type CostSummary, costSummary } from "./reports/cost_summary.ts";
import { ChatPages } from "./chat/chat_pages.ts";
import { CostDesk } from "./reports/cost_desk.ts";
import { dashboard } from "./reports/dashboard.ts";
import type { Deps } from "./deps.ts";
import { Eraser } from "./chat/history/eraser.ts";
import { ConversationFeed, type Feed, LatestTurnFeed } from "./chat/feed.ts";
import { type Health, health } from "./reports/health.ts";
import { History } from "./chat/history/history.ts";
import { conversationTopic, Hub, spendingTopic } from "./platform/hub.ts";
import { meteringKeys, type Running } from "./metering/records.ts";
import { RatingDesk } from "./feedback/ratings.ts";
import type { TurnParticipant } from "./chat/participants.ts";
import { Replies } from "./chat/turn/replies.ts";
import { RetentionKeeper } from "./chat/history/retention.ts";
import { ReviewDesk } from "./feedback/review_desk.ts";
import { SettingsDesk } from "./admin/desks/settings_desk.ts";
import { SideCalls } from "./metering/side_calls.ts";
import { raiseFault } from "./metering/spending_alerts.ts";
import { SpendingWatch } from "./metering/spending_watch.ts";
import { ToolDesk } from "./admin/desks/tool_desk.ts";
import type { DashboardView } from "./shared/views/report_view.ts";
import { Transcription } from "./media/transcription.ts";
import { TurnStates } from "./chat/turn/turn_states.ts";
import { SimulatedMessenger } from "./whatsapp/simulated.ts";
import { createLinks } from "./whatsapp/linking/links.ts";
import { deliveryOf } from "./whatsapp/outbox/destination.ts";
import { feedbackParticipant } from "./feedback/turn_participant.ts";
import { whatsAppParticipant } from "./whatsapp/turn_participant.ts";
import { WhatsAppDesk } from "./whatsapp/desk/admin_desk.ts";
import { MediaReader } from "./whatsapp/inbox/media.ts";
import { WhatsAppService } from "./whatsapp/service.ts";
import type { WebLinks } from "./whatsapp/linking/web_links.ts";
import { Simulator } from "./whatsapp/desk/simulator.ts";
import type { WhatsApp } from "./whatsapp/whatsapp.ts";

/** Of the program, as answers and backups name it. */
export const VERSION = "0.1.0";

/** Everything that can be asked of the program, below any protocol. */
export interface Services {
  readonly deps: Deps;
  /** Null while nobody may enter. */
  readonly admin: AdminArea | null;
  readonly audit: Audit;
  readonly chat: Chat;
  readonly pages: ChatPages;
  readonly history: History;
  /** What people think of replies. */
  readonly ratings: RatingDesk;
  /** Where conversations are looked at for quality. */
  readonly review: ReviewDesk;
  /** What cookies of visitors are signed with. */
  readonly visitorSecret: string;
  /** Whether anything is kept of a visitor: a conversation, or a link with a phone. */
  knows(visitor: string): Promise<boolean>;
  /** Deletes all conversations of a visitor, and his link with a phone, so many at a time, until it says that it is done. */
  forget(visitor: string): Promise<{ erased: number; done: boolean }>;
  readonly settings: SettingsDesk;
  readonly tools: ToolDesk;
  readonly whatsapp: WhatsApp;
  /** Links of visitors with phones, as web pages make and end them. */
  readonly links: WebLinks;
  /** WhatsApp as admins see and handle it. */
  readonly whatsappDesk: WhatsAppDesk;
  /** Phones of the admins' own. */
  readonly simulator: Simulator;
  /** Follows a conversation from a cursor on; `wake` is called whenever there is more to take. */
  follow(visitor: string, tool: string, cursor: Cursor, wake: () => void): ConversationFeed;
  /** Follows the latest turn of a conversation from its beginning to its end. */
  followTurn(visitor: string, tool: string, wake: () => void): Feed;
  /** What a tool, or with null the organisation, costs today and this week. */
  costSummary(toolId: string | null): Promise<CostSummary>;
  /** Today at a glance, for the admin area. */
  dashboard(): Promise<DashboardView>;
  /** Reports, forecast, advice and calculator. */
  readonly costs: CostDesk;
  health(): Promise<Health>;
  /** True once nothing can be asked any more. */
  readonly closed: boolean;
  /**
   * Ends well: no new turns, some time for those under way, the rest settled as
   * partial; what cannot be settled in its time is left to the next process.
   */
  close(graceMs: number, settleMs?: number): Promise<void>;
}

/** Who writes together with turns, in the order in which they do. */
export function participantsOf(deps: Deps): TurnParticipant[] {
  return [
    whatsAppParticipant(deps),
    feedbackParticipant(deps.store),
  ];
}

/** Puts the services together and settles what processes that are gone left behind. */
export async function createServices(deps: Deps): Promise<Services> {
  let closed = false;
  const hub = new Hub();
  const changed = (running: { visitor: string; tool: string }) => {
    hub.tell(conversationTopic(running.visitor, running.tool));
    hub.tell(spendingTopic(running.tool));
  };
  const alertSender = new AlertSender(deps);
  const settledFor = (running: Running) => {
    changed(running);
    const delivery = deliveryOf(running);
    if (delivery) whatsapp.wake(delivery.number);
  };
  const participants = participantsOf(deps);
  const replies = new Replies(deps, (running, { alerts }) => {
    settledFor(running);
    for (const alert of alerts) {
      if (alert.scope === "fault") {
        deps.log("error", "Alert", { code: alert.code, name: alert.name, ...alert.params });
      } else {
        const { scope, name, percent } = alert;
        deps.log("warn", "Spending alert", { scope, name, percent });
      }
    }
    if (alerts.length > 0) alertSender.kick();
  }, participants);
  const states = new TurnStates(deps, replies);
  const sideCalls = new SideCalls(deps);
  const caretaker = new Caretaker(
    deps,
    replies,
    sideCalls,
    settledFor,
    () => whatsapp.sweep(),
    participants,
  );
  const chat = new Chat(
    deps,
    replies,
    (changedConversation) =>
      hub.tell(conversationTopic(changedConversation.visitor, changedConversation.tool)),
    participants,
  );
  const visitorSecret = await deps.store.secrets.of("visitors");
  await deps.store.tools.seed(DEFAULT_TOOLS(deps.config.LLM_DEFAULT_MODEL));
  const eraser = new Eraser(deps, chat, hub, participants);
  const history = new History(deps, chat, hub, eraser);
  const alone = () => caretaker.alone;
  const simulated = new SimulatedMessenger((update) => void whatsapp.report(update));
  const media = new MediaReader(deps, new Transcription(deps, sideCalls));
  const links = createLinks(deps, (number) => whatsapp.wake(number));
  const linking = links.phone;
  const whatsapp: WhatsAppService = new WhatsAppService(deps, {
    chat,
    history,
    eraser,
    hub,
    linking,
    simulated,
    media,
    sideCalls,
    alone,
  });
  await caretaker.start();
  if (organisationCeiling(deps) === null && !ceilingDecided(deps)) {
    await raiseFault(deps, "no_ceiling", "organisation");
  }
  await eraser.resume();
  const retention = new RetentionKeeper(
    deps,
    (visitor, tool, conversation) => eraser.erase(visitor, tool, conversation),
    participants,
  );
  retention.start();
  alertSender.start();
  const spendingWatch = new SpendingWatch(deps, hub, () => caretaker.alone);
  spendingWatch.start();
  whatsapp.start();
  const follow = (
    visitor: string,
    tool: string,
    cursor: Cursor,
    wake: () => void,
    fromLatest = false,
  ) =>
    new ConversationFeed(
      deps,
      states,
      hub,
      visitor,
      tool,
      cursor,
      wake,
      () => caretaker.alone,
      fromLatest,
    );
  return {
    deps,
    admin: AdminArea.of(deps),
    audit: new Audit(deps),
    chat,
    follow,
    followTurn: (visitor, tool, wake) =>
      new LatestTurnFeed(follow(visitor, tool, NOWHERE, wake, true)),
    costSummary: (toolId) => costSummary(deps, toolId, organisationCeiling(deps)),
    dashboard: () => dashboard(deps),
    costs: new CostDesk(deps),
    health: () => health(deps, VERSION, whatsapp.status(), retention.doubt),
    pages: new ChatPages(deps, states, () => caretaker.alone),
    history,
    ratings: new RatingDesk(deps),
    review: new ReviewDesk(deps, eraser),
    visitorSecret,
    knows: async (visitor) =>
      (await deps.store.conversations.ofVisitor(visitor, 1)).length > 0 ||
      await deps.store.phones.linkedTo(visitor) !== null,
    forget: async (visitor) => {
      await links.web.forget(visitor);
      const forgotten = await eraser.forget(visitor);
      if (forgotten.done) {
        await deps.store.transactions.run([], (tx) => tx.delete(meteringKeys.personShare(visitor)));
      }
      return forgotten;
    },
    settings: new SettingsDesk(deps),
    tools: new ToolDesk(deps, chat),
    whatsapp,
    links: links.web,
    whatsappDesk: new WhatsAppDesk(deps, whatsapp),
    simulator: new Simulator(deps, whatsapp, simulated, (visitor) => eraser.forget(visitor)),
    get closed() {
      return closed;
    },
    close: async (graceMs, settleMs) => {
      chat.refuse();
      await replies.drain(graceMs, settleMs);
      await whatsapp.stop();
      spendingWatch.stop();
      await retention.stop();
      await alertSender.stop();
      await caretaker.stop();
      closed = true;
      await deps.store.close();
    },
  };
}
