import { ceilingDecided, organisationCeiling, toolCeiling } from "./metering/budgets_in_force.ts";
import { DEFAULT_TOOLS } from "./tools/rules/default_tools.ts";
import { type Cursor, START_CURSOR } from "./chat/rules/turn_events.ts";
import { AdminArea } from "./admin/area.ts";
import { ApiKeys } from "./api/api_keys.ts";
import { Completions } from "./api/completions.ts";
import { KeyCheck } from "./api/key_check.ts";
import { AlertSender } from "./alerts/alert_sender.ts";
import { Audit } from "./audit/audit.ts";
import { recoverTurns } from "./chat/orphan_recovery.ts";
import { Chat } from "./chat/chat.ts";
import { type CostSummary, costSummary } from "./reports/cost_summary.ts";
import { ChatPages } from "./chat/chat_pages.ts";
import { CostService } from "./reports/cost_service.ts";
import { dashboard } from "./reports/dashboard.ts";
import type { Deps } from "./deps.ts";
import { ModelListings } from "./llm/listings/model_listings.ts";
import { DataDeletion } from "./chat/history/data_deletion.ts";
import { ConversationFeed, type Feed, LatestTurnFeed } from "./chat/feed.ts";
import { type Health, health } from "./reports/health.ts";
import { History } from "./chat/history/history.ts";
import { EventBus } from "./platform/event_bus.ts";
import { Refresher } from "./platform/refresher.ts";
import { ProcessWatch } from "./store/process_watch.ts";
import type { AuxiliaryCall } from "./metering/call_records.ts";
import { recoverOrphans } from "./metering/calls/orphaned_calls.ts";
import { RatingService } from "./feedback/ratings.ts";
import type { TurnParticipant } from "./chat/participants.ts";
import { Replies } from "./chat/turn/replies.ts";
import { RetentionSweep } from "./chat/history/retention.ts";
import { ReviewService } from "./feedback/review_service.ts";
import { ProviderService } from "./admin/services/provider_service.ts";
import { BudgetService } from "./admin/services/budget_service.ts";
import { SettingsService } from "./admin/services/settings_service.ts";
import { PaidCalls } from "./metering/calls/paid_calls.ts";
import { watchBreakers } from "./metering/breaker_alerts.ts";
import { visitorShares } from "./metering/shares.ts";
import { raiseFault } from "./metering/spending_alerts.ts";
import { SpendingMonitor } from "./metering/spending_monitor.ts";
import { ToolService } from "./admin/services/tool_service.ts";
import { Visitors } from "./people/visitors.ts";
import { SharedBreakers } from "./llm/shared_breakers.ts";
import type { DashboardView } from "./shared/views/report_view.ts";
import { Transcription } from "./media/transcription.ts";
import { TurnStates } from "./chat/turn/turn_states.ts";
import { SimulatedMessenger } from "./whatsapp/simulated.ts";
import { LinkCodes } from "./whatsapp/linking/link_codes.ts";
import { LinkWriter } from "./whatsapp/linking/link_writer.ts";
import { PhoneLinks } from "./whatsapp/linking/phone_links.ts";
import { TravellingExperiments } from "./experiments/transfer/travelling_experiments.ts";
import { ExperimentService } from "./experiments/experiment_service.ts";
import { ReachedGoals } from "./experiments/counts/goals.ts";
import { CountedRatings } from "./experiments/counts/counted_ratings.ts";
import { visitorArms } from "./experiments/counts/visitor_arms.ts";
import { experimentsParticipant } from "./experiments/turn_participant.ts";
import { GoldenService } from "./experiments/golden/golden_service.ts";
import { StoredGolden } from "./experiments/golden/stored_golden.ts";
import { goldenParticipant } from "./experiments/golden/turn_participant.ts";
import { feedbackParticipant } from "./feedback/turn_participant.ts";
import { whatsAppParticipant } from "./whatsapp/turn_participant.ts";
import { WhatsAppAdminService } from "./whatsapp/desk/admin_service.ts";
import { MediaReader } from "./whatsapp/inbox/media.ts";
import { WhatsAppService } from "./whatsapp/service.ts";
import { WebLinks } from "./whatsapp/linking/web_links.ts";
import { Simulator } from "./whatsapp/desk/simulator.ts";
import type { WhatsApp } from "./whatsapp/whatsapp.ts";

/** Program version, as in responses and backups. */
export const VERSION = "0.1.0";

/** The program's operations, below any protocol. */
export interface Services {
  readonly deps: Deps;
  /** Events of this process. */
  readonly bus: EventBus;
  /** Null while no administrator can sign in. */
  readonly admin: AdminArea | null;
  /** The API for programs: their keys, and tools as models. */
  readonly api: { keys: ApiKeys; keyCheck: KeyCheck; completions: Completions };
  readonly audit: Audit;
  readonly chat: Chat;
  readonly pages: ChatPages;
  /** Examples of the tools, and versions compared by them. */
  readonly golden: GoldenService;
  readonly history: History;
  readonly ratings: RatingService;
  readonly review: ReviewService;
  /** Goals of experiments that are reached outside of turns. */
  readonly goals: ReachedGoals;
  /** Key that signs visitors' cookies; a restored store has its own. */
  visitorSecret(): Promise<string>;
  readonly visitors: Visitors;
  readonly settings: SettingsService;
  /** Limits of money, and their use. */
  readonly budgets: BudgetService;
  /** The providers: state, tests and order. */
  readonly providers: ProviderService;
  readonly tools: ToolService;
  /** A/B tests of tools. */
  readonly experiments: ExperimentService;
  readonly whatsapp: WhatsApp;
  /** Links of visitors with phones, for web pages. */
  readonly links: WebLinks;
  readonly whatsappAdmin: WhatsAppAdminService;
  /** Administrators' simulated phones. */
  readonly simulator: Simulator;
  /** Follows a conversation from a cursor on; `wake` is called when there are new events. */
  follow(visitor: string, tool: string, cursor: Cursor, wake: () => void): ConversationFeed;
  /** Follows the latest turn of a conversation from its beginning to its end. */
  followTurn(visitor: string, tool: string, wake: () => void): Feed;
  /** Cost of a tool, or with null of the organisation, today and this week. */
  costSummary(toolId: string | null): Promise<CostSummary>;
  /** Today's figures for the admin area. */
  dashboard(): Promise<DashboardView>;
  /** Reports, forecast, advice and calculator. */
  readonly costs: CostService;
  health(): Promise<Health>;
  /** True after close(). */
  readonly closed: boolean;
  /**
   * Refuses new turns, waits `graceMs` for those under way, and settles the rest as partial.
   * Turns that cannot be settled within `settleMs` are left to the next process.
   */
  close(graceMs: number, settleMs?: number): Promise<void>;
}

/** The participants of turns, in the order in which they run. */
export function participantsOf(deps: Deps, bus: EventBus): TurnParticipant[] {
  return [
    whatsAppParticipant({ ...deps, bus }),
    feedbackParticipant(deps.store),
    experimentsParticipant(deps.store),
    goldenParticipant(new StoredGolden(deps.store.kv)),
  ];
}

/** Creates the services and settles turns and calls of lost processes. */
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
  const keyCheck = new KeyCheck(deps);
  const api = {
    keys: new ApiKeys(deps),
    keyCheck,
    completions: new Completions(deps, keyCheck, paidCalls),
  };
  const feed = { store, states, bus };

  const media = new MediaReader(deps, new Transcription(deps, paidCalls));
  const goals = new ReachedGoals(deps);
  const simulated = new SimulatedMessenger();
  const codes = new LinkCodes(deps.config.TWILIO_AUTH_TOKEN);
  const linkWriter = new LinkWriter(deps);
  const links = new WebLinks(deps, codes, linkWriter);
  const whatsapp = new WhatsAppService(deps, {
    chat,
    history,
    deletion,
    linking: new PhoneLinks(deps, codes, linkWriter),
    simulated,
    media,
    goals,
    paidCalls,
  });

  watchBreakers(deps);
  const sharedBreakers = new SharedBreakers(deps);
  const alertSender = new AlertSender(deps);
  const spendingWatch = new SpendingMonitor(deps);
  const toolService = new ToolService(deps, chat, new TravellingExperiments(deps));
  const experiments = new ExperimentService(deps, toolService);
  const golden = new GoldenService(deps, paidCalls);
  const listings = new ModelListings(deps);
  const processes = new ProcessWatch(deps);
  const refresher = new Refresher(log, [
    () => store.customPrices.refresh(clock()),
    () => store.settings.refresh(),
    () => store.experiments.refresh(),
    () => store.refusals.flush(),
    () => store.refusedTurns.flush(),
    () => sharedBreakers.refresh(),
  ]);
  recoverTurns(deps, replies, participants);
  recoverOrphans<AuxiliaryCall>(deps, {
    settles: (call) => call.kind === "auxiliary",
    isLive: ({ turn }) => paidCalls.has(turn),
    settle: (process, call) => paidCalls.endOrphan(process, call),
  });

  await refresher.start();
  await listings.start();
  await processes.start();
  if (organisationCeiling(deps) === null && !ceilingDecided(deps)) {
    await raiseFault(deps, "no_ceiling", "organisation");
  }
  await deletion.resume();
  retention.start();
  alertSender.start();
  spendingWatch.start();
  whatsapp.start();
  toolService.endings.rounds.start();
  experiments.watch.rounds.start();
  golden.watch();

  const settings = new SettingsService(deps);
  let closed = false;
  return {
    deps,
    bus,
    admin: AdminArea.of(deps),
    api,
    audit: new Audit(deps),
    chat,
    follow: (visitor, tool, cursor, wake) =>
      new ConversationFeed(feed, { visitor, tool, cursor }, wake),
    followTurn: (visitor, tool, wake) =>
      new LatestTurnFeed(
        new ConversationFeed(feed, { visitor, tool, cursor: START_CURSOR, fromLatest: true }, wake),
      ),
    costSummary: (toolId) =>
      costSummary(
        deps,
        toolId,
        (tool) => tool === null ? organisationCeiling(deps) : toolCeiling(deps, tool),
      ),
    dashboard: () => dashboard(deps),
    costs: new CostService(deps),
    health: () => health(deps, VERSION, whatsapp.status(), retention.doubt),
    pages: new ChatPages(deps, states),
    history,
    ratings: new RatingService(deps, [new CountedRatings(deps)]),
    goals,
    golden,
    review: new ReviewService(deps, deletion),
    visitorSecret: () => store.secrets.of("visitors"),
    visitors: new Visitors([
      links,
      deletion,
      visitorShares(store.transactions),
      visitorArms(store),
    ]),
    settings,
    budgets: new BudgetService(deps, { settings, editing: toolService.editing, keys: api.keys }),
    providers: new ProviderService(deps, { paidCalls, settings, sharedBreakers }),
    tools: toolService,
    experiments,
    whatsapp,
    links,
    whatsappAdmin: new WhatsAppAdminService(deps, whatsapp),
    simulator: new Simulator(deps, whatsapp, simulated, deletion),
    get closed() {
      return closed;
    },
    close: async (graceMs, settleMs) => {
      chat.refuse();
      api.completions.refuse();
      const stopped = golden.close();
      await Promise.all([
        replies.drain(graceMs, settleMs),
        api.completions.drain(graceMs, settleMs),
      ]);
      await stopped;
      await whatsapp.stop();
      spendingWatch.stop();
      await retention.stop();
      await alertSender.stop();
      await toolService.endings.rounds.stop();
      await experiments.watch.rounds.stop();
      await listings.stop();
      await refresher.stop();
      await sharedBreakers.settled();
      await processes.stop();
      closed = true;
      await store.close();
    },
  };
}
