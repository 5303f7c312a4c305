import { ceilingDecided, organisationCeiling } from "./metering/budgets_in_force.ts";
import { DEFAULT_TOOLS } from "./tools/rules/default_tools.ts";
import { type Cursor, START_CURSOR } from "./chat/rules/turn_events.ts";
import { AdminArea } from "./admin/area.ts";
import { AlertSender } from "./alerts/alert_sender.ts";
import { Audit } from "./audit/audit.ts";
import { recoverTurns } from "./chat/orphan_recovery.ts";
import { Chat } from "./chat/chat.ts";
import { type CostSummary, costSummary } from "./reports/cost_summary.ts";
import { ChatPages } from "./chat/chat_pages.ts";
import { CostService } from "./reports/cost_service.ts";
import { dashboard } from "./reports/dashboard.ts";
import type { Deps } from "./deps.ts";
import { DataDeletion } from "./chat/history/data_deletion.ts";
import { ConversationFeed, type Feed, LatestTurnFeed } from "./chat/feed.ts";
import { type Health, health } from "./reports/health.ts";
import { History } from "./chat/history/history.ts";
import { EventBus } from "./platform/event_bus.ts";
import { Refresher } from "./platform/refresher.ts";
import { ProcessWatch } from "./store/process_watch.ts";
import { recoverCalls } from "./metering/calls/call_recovery.ts";
import { RatingService } from "./feedback/ratings.ts";
import type { TurnParticipant } from "./chat/participants.ts";
import { Replies } from "./chat/turn/replies.ts";
import { RetentionSweep } from "./chat/history/retention.ts";
import { ReviewService } from "./feedback/review_service.ts";
import { SettingsService } from "./admin/services/settings_service.ts";
import { PaidCalls } from "./metering/calls/paid_calls.ts";
import { visitorShares } from "./metering/shares.ts";
import { raiseFault } from "./metering/spending_alerts.ts";
import { SpendingMonitor } from "./metering/spending_monitor.ts";
import { ToolService } from "./admin/services/tool_service.ts";
import { Visitors } from "./people/visitors.ts";
import type { DashboardView } from "./shared/views/report_view.ts";
import { Transcription } from "./media/transcription.ts";
import { TurnStates } from "./chat/turn/turn_states.ts";
import { SimulatedMessenger } from "./whatsapp/simulated.ts";
import { createLinks } from "./whatsapp/linking/links.ts";
import { feedbackParticipant } from "./feedback/turn_participant.ts";
import { whatsAppParticipant } from "./whatsapp/turn_participant.ts";
import { WhatsAppAdminService } from "./whatsapp/desk/admin_service.ts";
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
  /** What happens in this process. */
  readonly bus: EventBus;
  /** Null while nobody may enter. */
  readonly admin: AdminArea | null;
  readonly audit: Audit;
  readonly chat: Chat;
  readonly pages: ChatPages;
  readonly history: History;
  /** What people think of replies. */
  readonly ratings: RatingService;
  /** Where conversations are looked at for quality. */
  readonly review: ReviewService;
  /** What cookies of visitors are signed with; a restored store brings its own. */
  visitorSecret(): Promise<string>;
  /** What is kept of visitors. */
  readonly visitors: Visitors;
  readonly settings: SettingsService;
  readonly tools: ToolService;
  readonly whatsapp: WhatsApp;
  /** Links of visitors with phones, as web pages make and end them. */
  readonly links: WebLinks;
  /** WhatsApp as admins see and handle it. */
  readonly whatsappAdmin: WhatsAppAdminService;
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
  readonly costs: CostService;
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
export function participantsOf(deps: Deps, bus: EventBus): TurnParticipant[] {
  return [
    whatsAppParticipant({ ...deps, bus }),
    feedbackParticipant(deps.store),
  ];
}

/** Puts the services together and settles what processes that are gone left behind. */
export async function createServices(assembled: Deps): Promise<Services> {
  const bus = new EventBus(assembled.log);
  const deps = { ...assembled, bus };
  const { store, clock, log } = deps;
  await store.tools.seed(DEFAULT_TOOLS(deps.config.LLM_DEFAULT_MODEL));

  const participants = participantsOf(deps, bus);
  const paidCalls = new PaidCalls(deps);
  const replies = new Replies(deps, paidCalls, participants);
  const states = new TurnStates(deps, replies);
  const chat = new Chat(deps, replies, participants);
  const deletion = new DataDeletion(deps, chat, participants);
  const history = new History(deps, chat, deletion);
  const retention = new RetentionSweep(deps, deletion, participants);
  const feed = { store, states, bus };

  const media = new MediaReader(deps, new Transcription(deps, paidCalls));
  const simulated = new SimulatedMessenger();
  const links = createLinks(deps);
  const whatsapp = new WhatsAppService(deps, {
    chat,
    history,
    deletion,
    linking: links.phone,
    simulated,
    media,
    paidCalls,
  });

  const alertSender = new AlertSender(deps);
  const spendingWatch = new SpendingMonitor(deps);
  const processes = new ProcessWatch(deps);
  const refresher = new Refresher(log, [
    () => store.customPrices.refresh(clock()),
    () => store.settings.refresh(),
    () => store.refusals.flush(),
  ]);
  recoverTurns(deps, replies, participants);
  recoverCalls(deps, paidCalls);

  await refresher.start();
  await processes.start();
  if (organisationCeiling(deps) === null && !ceilingDecided(deps)) {
    await raiseFault(deps, "no_ceiling", "organisation");
  }
  await deletion.resume();
  retention.start();
  alertSender.start();
  spendingWatch.start();
  whatsapp.start();

  let closed = false;
  return {
    deps,
    bus,
    admin: AdminArea.of(deps),
    audit: new Audit(deps),
    chat,
    follow: (visitor, tool, cursor, wake) =>
      new ConversationFeed(feed, { visitor, tool, cursor }, wake),
    followTurn: (visitor, tool, wake) =>
      new LatestTurnFeed(
        new ConversationFeed(feed, { visitor, tool, cursor: START_CURSOR, fromLatest: true }, wake),
      ),
    costSummary: (toolId) => costSummary(deps, toolId, organisationCeiling(deps)),
    dashboard: () => dashboard(deps),
    costs: new CostService(deps),
    health: () => health(deps, VERSION, whatsapp.status(), retention.doubt),
    pages: new ChatPages(deps, states),
    history,
    ratings: new RatingService(deps),
    review: new ReviewService(deps, deletion),
    visitorSecret: () => store.secrets.of("visitors"),
    visitors: new Visitors([links.web, deletion, visitorShares(store.transactions)]),
    settings: new SettingsService(deps),
    tools: new ToolService(deps, chat),
    whatsapp,
    links: links.web,
    whatsappAdmin: new WhatsAppAdminService(deps, whatsapp),
    simulator: new Simulator(deps, whatsapp, simulated, deletion),
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
      await refresher.stop();
      await processes.stop();
      closed = true;
      await store.close();
    },
  };
}
