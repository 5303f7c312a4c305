import { ceilingDecided, organisationCeiling, toolCeiling } from "./metering/budgets_in_force.ts";
import { DEFAULT_TOOLS } from "./tools/rules/defaults/default_tools.ts";
import { START_CURSOR } from "./chat/rules/turn_events.ts";
import { AdminArea } from "./admin/area.ts";
import { ApiKeys } from "./api/api_keys.ts";
import { Completions } from "./api/completions.ts";
import { KeyCheck } from "./api/key_check.ts";
import { AlertSender } from "./alerts/alert_sender.ts";
import { ScheduledBackups } from "./backup/scheduled_backups.ts";
import { Audit } from "./audit/audit.ts";
import { recoverTurns } from "./chat/orphan_recovery.ts";
import { Chat } from "./chat/chat.ts";
import { costSummary } from "./reports/cost_summary.ts";
import { ChatPages } from "./chat/chat_pages.ts";
import { CostService } from "./reports/cost_service.ts";
import { dashboard } from "./reports/dashboard.ts";
import { Doctor } from "./doctor/doctor.ts";
import { eraseAgain, participantsOf } from "./deletion.ts";
import type { Deps } from "./deps.ts";
import { migrateRestored, SCHEMA } from "./migrations.ts";
import { ModelListings } from "./llm/listings/model_listings.ts";
import { DataDeletion } from "./chat/history/data_deletion.ts";
import { ConversationFeed, OneTurnFeed } from "./chat/feed.ts";
import { health } from "./reports/health.ts";
import { History } from "./chat/history/history.ts";
import { EventBus } from "./platform/event_bus.ts";
import { Refresher } from "./platform/refresher.ts";
import { ProcessWatch } from "./store/process_watch.ts";
import type { AuxiliaryCall } from "./metering/call_records.ts";
import { recoverOrphans } from "./metering/calls/orphaned_calls.ts";
import { RatingService } from "./feedback/ratings.ts";
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
import { OwnData } from "./own_data/own_data.ts";
import { ToolService } from "./admin/services/tool_service.ts";
import { Erasures } from "./people/erasures.ts";
import { Visitors } from "./people/visitors.ts";
import { SharedBreakers } from "./llm/shared_breakers.ts";
import { StagedPictures } from "./media/pictures/staged_pictures.ts";
import { Transcription } from "./media/transcription.ts";
import { VoiceNotes } from "./media/uploads/voice_notes.ts";
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
import { GoldenService } from "./experiments/golden/golden_service.ts";
import { goldenCalls } from "./experiments/golden/run_costs.ts";
import { MemoryService } from "./memory/memory_service.ts";
import { startTracing } from "./monitoring/start_tracing.ts";
import { Monitoring } from "./monitoring/monitoring.ts";
import { WhatsAppAdminService } from "./whatsapp/desk/admin_service.ts";
import { MediaReader } from "./whatsapp/inbox/media.ts";
import { WhatsAppService } from "./whatsapp/service.ts";
import { linkedPhone } from "./whatsapp/delete_person.ts";
import { WebLinks } from "./whatsapp/linking/web_links.ts";
import { Simulator } from "./whatsapp/desk/simulator.ts";
import type { Services } from "./service_types.ts";

/** Program version, as in responses and backups. */
export const VERSION = "1.0.0-rc.1";

/** Creates the services and settles turns and calls of lost processes. */
export async function createServices(assembled: Deps): Promise<Services> {
  const bus = new EventBus(assembled.log);
  const { tracer, provider } = startTracing(assembled, bus, VERSION);
  const deps = { ...assembled, provider, bus };
  const { store, clock, log } = deps;
  await store.tools.seed(DEFAULT_TOOLS(deps.config.LLM_DEFAULT_MODEL));

  const participants = participantsOf(deps, bus);
  const paidCalls = new PaidCalls(deps, [goldenCalls]);
  paidCalls.onSettled((figures) => bus.emit("CallSettled", figures));
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
  const feed = { store, states, bus, history };

  const pictures = new StagedPictures(deps);
  const transcription = new Transcription(deps, paidCalls);
  const voiceNotes = new VoiceNotes(deps, transcription);
  const media = new MediaReader(deps, transcription);
  const goals = new ReachedGoals(deps);
  const memory = new MemoryService(deps, paidCalls);
  const remembered = { name: "memory", read: (visitor: string) => memory.view(visitor) };
  const own = new OwnData(deps, { history, deletion, parts: [remembered] });
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
    soundRoom: voiceNotes.room,
    memory,
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
  const backups = new ScheduledBackups(deps, {
    app: VERSION,
    schema: SCHEMA,
    migrate: migrateRestored,
    erase: (kv, erasures) => eraseAgain(deps, kv, erasures),
  });
  const monitoring = new Monitoring(deps, {
    version: VERSION,
    replies: () => replies.size + api.completions.size,
    endingModels: () => toolService.endings.list(),
    backups: async () => deps.config.BACKUP_DIR === undefined ? null : await backups.state(),
  });
  const listings = new ModelListings(deps);
  const processes = new ProcessWatch(deps);
  const refresher = new Refresher(log, [
    () => store.customPrices.refresh(clock()),
    () => store.settings.refresh(),
    () => store.experiments.refresh(),
    () => store.refusals.flush(),
    () => store.refusedTurns.flush(),
    () => store.failedRequests.flush(),
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
  own.start();
  alertSender.start();
  spendingWatch.start();
  whatsapp.start();
  const rounds = [
    toolService.endings.rounds,
    toolService.bin.rounds,
    experiments.watch.rounds,
    golden.removal.rounds,
    memory.rounds,
    backups,
  ];
  for (const each of rounds) each.start();

  const settings = new SettingsService(deps);
  const providers = new ProviderService(deps, { paidCalls, settings, sharedBreakers });
  let leaving = false, closed = false;
  return {
    deps,
    bus,
    admin: AdminArea.of(deps),
    api,
    audit: new Audit(deps),
    backups,
    chat,
    follow: (visitor, tool, cursor, wake) =>
      new ConversationFeed(feed, { visitor, tool, cursor }, wake),
    followTurn: ({ visitor, tool, turn }, wake) =>
      new OneTurnFeed(
        new ConversationFeed(feed, { visitor, tool, cursor: START_CURSOR, only: turn }, wake),
      ),
    costSummary: (toolId) =>
      costSummary(
        deps,
        toolId,
        (tool) => tool === null ? organisationCeiling(deps) : toolCeiling(deps, tool),
      ),
    dashboard: () => dashboard(deps),
    costs: new CostService(deps),
    health: () =>
      health(deps, VERSION, {
        whatsapp: whatsapp.status(),
        clockDoubt: retention.doubt,
        backupFailed: backups.failed(),
        leaving,
      }),
    pages: new ChatPages(deps, states),
    history,
    pictures,
    memory,
    monitoring,
    tracer,
    own,
    ratings: new RatingService(deps, [new CountedRatings(deps)]),
    goals,
    voiceNotes,
    golden,
    review: new ReviewService(deps, deletion),
    visitorSecret: () => store.secrets.of("visitors"),
    visitors: new Visitors([
      own.devices,
      own.favourites,
      linkedPhone(deps, deletion),
      links,
      deletion,
      pictures,
      voiceNotes.uploads,
      visitorShares(store.transactions),
      visitorArms(store),
      memory,
    ], new Erasures(deps)),
    settings,
    budgets: new BudgetService(deps, {
      settings,
      editing: toolService.editing,
      checks: toolService.checks,
      keys: api.keys,
    }),
    providers,
    doctor: new Doctor(deps, {
      testKey: (who, name) => providers.test(who, name),
      checkTwilio: () => whatsapp.check(),
      backups: () => backups.byHand.view(),
    }),
    tools: toolService,
    experiments,
    whatsapp,
    links,
    whatsappAdmin: new WhatsAppAdminService(deps, whatsapp),
    simulator: new Simulator(deps, whatsapp, simulated, deletion),
    get leaving() {
      return leaving;
    },
    handOver: async (ms) => {
      leaving = true;
      await Promise.all([replies.finished(ms), api.completions.finished(ms)]);
    },
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
        voiceNotes.drain(graceMs),
      ]);
      await stopped;
      await whatsapp.stop();
      spendingWatch.stop();
      await retention.stop();
      await own.stop();
      await alertSender.stop();
      await Promise.all(rounds.map((each) => each.stop()));
      await listings.stop();
      await refresher.stop();
      await sharedBreakers.settled();
      await processes.stop();
      await tracer?.close();
      closed = true;
      await store.close();
    },
  };
}
