import { availableProviders, modelNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import { MODEL_ENDS_TEXTS } from "../locales/admin/models.ts";
import { historyText, typicalMessage } from "../locales/admin/tools.ts";
import { AppError } from "../platform/errors.ts";
import type { Tool } from "./rules/tool.ts";
import { changesBetween } from "./rules/tool_diff.ts";
import type { ToolContent } from "./rules/tool_form.ts";
import { modelNamesOf } from "./rules/tool_models.ts";
import { typicalCost } from "./rules/tool_preflight.ts";
import { hasWords } from "./rules/tool_search.ts";
import { TOOL_TEMPLATES } from "./rules/defaults/tool_templates.ts";
import { percentUsed } from "../metering/rules/budget.ts";
import { formatUsd } from "../shared/money.ts";
import type {
  BinRow,
  FieldChange,
  ModelOption,
  TemplateView,
  ToolRow,
  VersionRow,
} from "../shared/views/tool_admin_view.ts";
import { BIN_DAYS } from "./records.ts";
import type { ToolChecks } from "./tool_checks.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Config } from "../config.ts";
import { type Calendar, daysUntil } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import { toolIn, type Tools } from "./stored_tools.ts";
import type { Ledger } from "../metering/ledger.ts";

/** Sums of people's ratings of a tool, in the order of `days`. */
interface ToolRatings {
  days(scope: "tool", tool: string, days: readonly string[]): Promise<ToolRow["rated"][]>;
}

interface Needs {
  store: { tools: Tools; ledger: Ledger; ratings: ToolRatings };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  config: Config;
  calendar: Calendar;
  clock: Clock;
}

/** Days of the list's spending, and of its ratings. */
const WEEK = 7;
const RATED_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/** Data of the tool management pages. */
export class ToolViews {
  constructor(private readonly deps: Needs, private readonly checks: ToolChecks) {}

  /** Tools with the words of a search, in their order, with their figures. */
  async list(search = ""): Promise<{ rows: ToolRow[]; total: number }> {
    const { store, calendar, clock } = this.deps;
    const { tools: all } = await store.tools.snapshot();
    const tools = all.filter(({ id, name, description, group, systemPrompt }) =>
      hasWords(search, [id, name, description, group, systemPrompt])
    );
    const days = daysUntil(calendar.dayOf(clock()), RATED_DAYS);
    const [spent, rated] = await Promise.all([
      Promise.all(tools.map(({ id }) => store.ledger.shown("tool", id, days.slice(-WEEK)))),
      Promise.all(tools.map(({ id }) => store.ratings.days("tool", id, days))),
    ]);
    const { tokens, priceOf } = this.checks.around();
    const rows = tools.map((tool, i): ToolRow => {
      const { id, name, icon, group, active, model, ceiling } = tool;
      const week = spent[i] ?? [];
      const price = priceOf(model);
      return {
        id,
        place: all.indexOf(tool),
        name,
        icon,
        group,
        active,
        model,
        modelEnded: this.deps.catalogue.hasEnded(modelNamed(model, this.deps)),
        message: price && typicalCost(tool, price, tokens).usd,
        spentWeek: week.reduce((sum, day) => sum + day.spent, 0n),
        rated: (rated[i] ?? []).reduce(
          (sum, { up, down }) => ({ up: sum.up + up, down: sum.down + down }),
          { up: 0, down: 0 },
        ),
        usedPercent: percentUsed({ limit: ceiling, spent: week.at(-1)?.spent ?? 0n, held: 0n }),
        whatsapp: tool.whatsapp.enabled,
      };
    });
    return { rows, total: all.length };
  }

  /**
   * A tool, read from the store.
   * @throws {AppError} `missing`
   */
  async tool(id: string): Promise<Tool> {
    const { tools } = await this.deps.store.tools.snapshot();
    return toolIn(tools, id);
  }

  /**
   * Models to choose from, of all providers: those with a price that have not ended, those in use
   * first, then the cheapest. A tool's own models stay, even when they have ended.
   * @param own stored names
   */
  models(own: readonly (string | null)[] = []): ModelOption[] {
    const { catalogue, firstProvider, provider, store } = this.deps;
    const listed = availableProviders(provider).flatMap(({ name }) =>
      catalogue.pricedModels(name).map(({ model }) =>
        name === firstProvider ? model : `${name}:${model}`
      )
    );
    const uses = new Map<string, number>();
    for (const name of store.tools.known.flatMap(modelNamesOf)) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    const mine = own.filter((name): name is string => !!name);
    const options = [...new Set([...mine, ...uses.keys(), ...listed])]
      .flatMap((name) => this.priceOf(name) ?? [])
      .filter(({ model, ended }) => !ended || mine.includes(model));
    const used = ({ model }: ModelOption) => uses.get(model) ?? 0;
    const rate = ({ inputRate, outputRate }: ModelOption) => Number(inputRate) + Number(outputRate);
    return options.sort((a, b) => used(b) - used(a) || rate(a) - rate(b));
  }

  /** Cost of a typical message in a sentence; null without a price. */
  typical(tool: Tool): string | null {
    const { priceOf, tokens } = this.checks.around();
    const price = priceOf(tool.model);
    if (price === null) return null;
    const { usd, promptTokens, promptShare } = typicalCost(tool, price, tokens);
    return typicalMessage(formatUsd(usd), promptShare, promptTokens);
  }

  /** Stored versions of a tool, newest first. */
  async versions(tool: Tool): Promise<VersionRow[]> {
    const states = await this.deps.store.tools.versions(tool.id);
    const rows = states.map(({ tool: { version }, at, by, how }): VersionRow => ({
      number: version,
      at,
      by,
      how: typeof how === "string" ? how : historyText(how),
      current: version === tool.version,
    }));
    if (rows.some(({ current }) => current)) return rows;
    return [
      { number: tool.version, at: 0, by: "", how: historyText({ code: "before" }), current: true },
      ...rows,
    ];
  }

  /**
   * Differences between two versions of a tool.
   * @throws {AppError} `missing` if one is no longer stored
   */
  async compare(tool: Tool, from: number, to: number): Promise<FieldChange[]> {
    const [before, after] = await Promise.all([this.state(tool, from), this.state(tool, to)]);
    return changesBetween(before, after);
  }

  async binned(): Promise<BinRow[]> {
    const now = this.deps.clock();
    const binned = await this.deps.store.tools.bin(now);
    return binned.map(({ tool: { id, name, icon }, at, by }) => ({
      id,
      name,
      icon,
      at,
      by,
      daysLeft: Math.max(1, Math.ceil((at + BIN_DAYS * DAY_MS - now) / DAY_MS)),
    }));
  }

  templates(): TemplateView[] {
    return TOOL_TEMPLATES.map(({ id, group, content: { name, description, icon } }) => ({
      id,
      group,
      name,
      description,
      icon,
    }));
  }

  /** Initial content of a new tool: a template's, or almost empty. */
  beginning(template: string): ToolContent {
    const found = TOOL_TEMPLATES.find(({ id }) => id === template)?.content;
    const model = this.deps.config.LLM_DEFAULT_MODEL;
    if (!found) return { ...BLANK, model };
    const known = (name: string | null) => name !== null && this.priceOf(name)?.ended === false;
    return {
      ...found,
      model: known(found.model) ? found.model : model,
      fallbackModel: known(found.fallbackModel) ? found.fallbackModel : null,
    };
  }

  private async state(tool: Tool, number: number): Promise<Tool> {
    if (number === tool.version) return tool;
    const state = await this.deps.store.tools.versionOf(tool.id, number);
    if (state) return state.tool;
    throw new AppError("missing", { code: "version.gone" });
  }

  private priceOf(model: string): ModelOption | null {
    const entry = this.deps.catalogue.entry(modelNamed(model, this.deps));
    const { price, efforts, capabilities: { temperature }, endsOn, ended } = entry;
    if (price === null) return null;
    const rates = { inputRate: String(price.input), outputRate: String(price.output) };
    const { until, ended: over } = MODEL_ENDS_TEXTS;
    const ends = endsOn && (ended ? over(endsOn) : until(endsOn));
    return { model, ...rates, efforts, temperature, ends, ended };
  }
}

const BLANK: Omit<ToolContent, "model"> = {
  name: "",
  description: "",
  icon: "✨",
  group: "",
  systemPrompt: "",
  effort: null,
  pictureDetail: "low",
  temperature: 0.7,
  maxTokens: 2000,
  active: true,
  ceiling: 1_000_000_000n,
  fallbackModel: null,
  chain: null,
  remembers: false,
  keepsRecordings: false,
  hearingModel: null,
  ladder: { downgradeFrom: 80, clamp: true },
  starters: [],
  keyTerms: [],
  whatsapp: { enabled: false, scope: "" },
  examples: [],
  greeting: "",
  language: "en",
  texts: {},
};
