import type { Provider } from "../../llm/provider.ts";
import type { Chat } from "../../chat/chat.ts";
import { EndingModels } from "../../tools/ending_models.ts";
import { ToolBin } from "../../tools/tool_bin.ts";
import { ToolRepository } from "../../tools/tool_repository.ts";
import type { ToolCompanions } from "../../tools/tool_companions.ts";
import { ToolChecks } from "../../tools/tool_checks.ts";
import { ToolEditing } from "../../tools/tool_editing.ts";
import { ToolPreview } from "../../chat/tool_preview.ts";
import { ToolTransfer } from "../../tools/tool_transfer.ts";
import { ToolViews } from "../../tools/tool_views.ts";
import type { Config } from "../../config.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import type { Ratings } from "../../feedback/stored_ratings.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { Transcriber } from "../../llm/audio/transcriber.ts";
import type { Log } from "../../platform/log.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Ledger } from "../../metering/ledger.ts";

interface Needs {
  store: { tools: Tools; ledger: Ledger; ratings: Ratings; transactions: Transactions };
  config: Config;
  calendar: Calendar;
  clock: Clock;
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  transcriber: Transcriber | null;
  log: Log;
}

/** Services of tool management. */
export class ToolService {
  readonly bin: ToolBin;
  readonly checks: ToolChecks;
  readonly editing: ToolEditing;
  /** Ends of the models in use. */
  readonly endings: EndingModels;
  readonly preview: ToolPreview;
  readonly transfer: ToolTransfer;
  readonly views: ToolViews;

  /** @param companions what travels with tools in their files */
  constructor(deps: Needs, chat: Chat, companions: ToolCompanions) {
    const repository = new ToolRepository(deps);
    this.checks = new ToolChecks(deps);
    this.bin = new ToolBin(deps, repository);
    this.editing = new ToolEditing(deps, repository);
    this.endings = new EndingModels(deps, this.editing);
    this.preview = new ToolPreview(deps, chat);
    this.transfer = new ToolTransfer(deps, repository, this.checks, companions);
    this.views = new ToolViews(deps, this.checks);
  }
}
