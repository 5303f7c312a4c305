import type { StagedPictures } from "./media/pictures/staged_pictures.ts";
import type { VoiceNotes } from "./media/uploads/voice_notes.ts";
import type { Cursor } from "./chat/rules/turn_events.ts";
import type { AdminArea } from "./admin/area.ts";
import type { ApiKeys } from "./api/api_keys.ts";
import type { Completions } from "./api/completions.ts";
import type { KeyCheck } from "./api/key_check.ts";
import type { ScheduledBackups } from "./backup/scheduled_backups.ts";
import type { Audit } from "./audit/audit.ts";
import type { Chat } from "./chat/chat.ts";
import type { CostSummary } from "./reports/cost_summary.ts";
import type { ChatPages } from "./chat/chat_pages.ts";
import type { CostService } from "./reports/cost_service.ts";
import type { Deps } from "./deps.ts";
import type { Doctor } from "./doctor/doctor.ts";
import type { ConversationFeed, Feed } from "./chat/feed.ts";
import type { Health } from "./reports/health.ts";
import type { History } from "./chat/history/history.ts";
import type { MemoryService } from "./memory/memory_service.ts";
import type { OwnData } from "./own_data/own_data.ts";
import type { EventBus } from "./platform/event_bus.ts";
import type { RatingService } from "./feedback/ratings.ts";
import type { ReviewService } from "./feedback/review_service.ts";
import type { ProviderService } from "./admin/services/provider_service.ts";
import type { BudgetService } from "./admin/services/budget_service.ts";
import type { SettingsService } from "./admin/services/settings_service.ts";
import type { ToolService } from "./admin/services/tool_service.ts";
import type { Visitors } from "./people/visitors.ts";
import type { DashboardView } from "./shared/views/report_view.ts";
import type { ExperimentService } from "./experiments/experiment_service.ts";
import type { ReachedGoals } from "./experiments/counts/goals.ts";
import type { GoldenService } from "./experiments/golden/golden_service.ts";
import type { Tracer } from "./platform/tracing/tracer.ts";
import type { Monitoring } from "./monitoring/monitoring.ts";
import type { WhatsAppAdminService } from "./whatsapp/desk/admin_service.ts";
import type { WebLinks } from "./whatsapp/linking/web_links.ts";
import type { Simulator } from "./whatsapp/desk/simulator.ts";
import type { WhatsApp } from "./whatsapp/whatsapp.ts";

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
  /** Nightly backups, and those made by hand. */
  readonly backups: ScheduledBackups;
  readonly chat: Chat;
  readonly pages: ChatPages;
  /** Checks of this deployment. */
  readonly doctor: Doctor;
  /** Examples of the tools, and versions compared by them. */
  readonly golden: GoldenService;
  readonly history: History;
  /** Pictures that visitors chose and have not sent. */
  readonly pictures: StagedPictures;
  readonly memory: MemoryService;
  /** Figures for operators. */
  readonly monitoring: Monitoring;
  /** Null where no receiver of traces is set. */
  readonly tracer: Tracer | null;
  /** A person's own conversations over all tools, and their data. */
  readonly own: OwnData;
  readonly ratings: RatingService;
  readonly review: ReviewService;
  /** Recordings of visitors on the page, and their transcripts. */
  readonly voiceNotes: VoiceNotes;
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
  /**
   * Follows a turn from its beginning to its end. One that is over and no longer the latest is one
   * `reload`.
   */
  followTurn(
    { visitor, tool, turn }: { visitor: string; tool: string; turn: string },
    wake: () => void,
  ): Feed;
  /** Cost of a tool, or with null of the organisation, today and this week. */
  costSummary(toolId: string | null): Promise<CostSummary>;
  /** Today's figures for the admin area. */
  dashboard(): Promise<DashboardView>;
  /** Reports, forecast, advice and calculator. */
  readonly costs: CostService;
  health(): Promise<Health>;
  /** True after handOver(). */
  readonly leaving: boolean;
  /**
   * Reports as not healthy, so that a proxy sends new requests elsewhere, and waits for the replies
   * under way, `ms` at most. Requests that come all the same are served.
   */
  handOver(ms: number): Promise<void>;
  /** True after close(). */
  readonly closed: boolean;
  /**
   * Refuses new turns, waits `graceMs` for those under way, and settles the rest as partial.
   * Turns that cannot be settled within `settleMs` are left to the next process.
   */
  close(graceMs: number, settleMs?: number): Promise<void>;
}
