import { AppError, causeOf } from "../platform/errors.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { Rounds } from "../platform/rounds.ts";
import type { Config } from "../config.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import { modelNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import type { ModelRef } from "../llm/rules/model_ref.ts";
import type { Transcriber } from "../llm/audio/transcriber.ts";
import type { FaultAlert } from "../metering/alert_records.ts";
import { faultAlert, recordAlerts } from "../metering/spending_alerts.ts";
import type { EndingModel } from "../shared/views/model_view.ts";
import type { Transactions } from "../store/transactions.ts";
import { endOf, storedName } from "./model_ends.ts";
import { toolKeys } from "./records.ts";
import { endStep, modelNamesOf } from "./rules/tool_models.ts";
import type { Tools } from "./stored_tools.ts";
import type { ToolEditing } from "./tool_editing.ts";

interface Needs {
  store: { tools: Tools; transactions: Transactions };
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  transcriber: Transcriber | null;
  config: Config;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}

const ROUND_MS = 60 * 60_000;
/** Bytes of the alerts that one check may write. */
const WEIGHT = 20_000;

/** Watches the ends of the models in use, and tells of them in time. */
export class EndingModels {
  readonly rounds: Rounds;

  constructor(private readonly deps: Needs, private readonly editing: ToolEditing) {
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.check(),
      failed: (error) =>
        deps.log("warn", "Cannot check the models' ends", { error: causeOf(error) }),
    });
  }

  /** Models in use that have ended or end soon, the first end first. */
  async list(): Promise<EndingModel[]> {
    const { store, config, transcriber } = this.deps;
    const found = new Map<string, EndingModel>();
    const add = (ref: ModelRef): EndingModel | null => {
      const ending = this.ending(ref);
      if (ending === null) return null;
      const key = `${ref.provider}:${ref.model}`;
      const known = found.get(key) ?? ending;
      found.set(key, known);
      return known;
    };
    for (const tool of await store.tools.list()) {
      const refs = modelNamesOf(tool).map((name) => modelNamed(name, this.deps));
      const seen = new Set(refs.map(({ provider, model }) => `${provider}:${model}`));
      for (const key of seen) {
        const ref = refs.find(({ provider, model }) => `${provider}:${model}` === key);
        if (ref) add(ref)?.tools.push({ id: tool.id, name: tool.name });
      }
    }
    const usual = add(modelNamed(config.LLM_DEFAULT_MODEL, this.deps));
    if (usual) usual.isDefault = true;
    const voice = transcriber && add({ provider: transcriber.name, model: transcriber.model });
    if (voice) voice.transcribes = true;
    return [...found.values()].sort((a, b) => a.daysLeft - b.daysLeft);
  }

  /**
   * Moves all tools that use an ending model to its replacement. Returns their number.
   * @param name the model's stored name
   * @throws {AppError} `missing` when it does not end, or has no replacement
   */
  async move(who: string, name: string): Promise<{ tools: number; to: string }> {
    const found = (await this.list()).find((each) => each.name === name);
    const to = found?.replacement ?? null;
    if (!found || to === null) throw new AppError("missing", { code: "model.not_replaced" });
    const isReplaced = (each: string) =>
      storedName(modelNamed(each, this.deps), this.deps) === name;
    const ids = found.tools.map(({ id }) => id);
    const tools = await this.editing.replaceModel(who, ids, { from: name, to, isReplaced });
    return { tools, to };
  }

  /**
   * Logs the ending models once a day, and raises an alert for each at certain days before its end.
   * All processes check; one of them tells.
   */
  async check(): Promise<void> {
    const { store, calendar, clock, log } = this.deps;
    const ending = await this.list();
    const now = clock();
    const day = calendar.dayOf(now);
    const key = toolKeys.modelEnds();
    const news = await store.transactions.run([key], (tx) => {
      const before = tx.get(key) ?? { day: "", steps: {} };
      const steps = Object.fromEntries(
        ending.map((
          each,
        ) => [`${each.provider}:${each.name} ${each.endsOn}`, endStep(each.daysLeft)]),
      );
      const due = ending.filter((each) => {
        const told = before.steps[`${each.provider}:${each.name} ${each.endsOn}`];
        return told === undefined || endStep(each.daysLeft) < told;
      });
      if (before.day === day && due.length === 0) return { logged: false };
      tx.set(key, { day, steps });
      recordAlerts(tx, day, due.map((each) => alertOf(each, now)));
      return { logged: before.day !== day || due.length > 0 };
    }, WEIGHT);
    if (!news.logged) return;
    for (const { name, provider, endsOn, tools, replacement } of ending) {
      log("warn", "A model in use ends", {
        model: name,
        provider,
        endsOn,
        tools: tools.map(({ id }) => id).join(", "),
        ...(replacement === null ? {} : { replacement }),
      });
    }
  }

  private ending(ref: ModelRef): EndingModel | null {
    const end = endOf(ref, this.deps);
    return end && {
      name: storedName(ref, this.deps),
      provider: ref.provider,
      ...end,
      tools: [],
      isDefault: false,
      transcribes: false,
    };
  }
}

function alertOf(
  { name, endsOn, daysLeft, tools, replacement }: EndingModel,
  at: number,
): FaultAlert {
  return faultAlert(at, daysLeft > 0 ? "model_ends" : "model_ended", name, {
    on: endsOn,
    days: daysLeft,
    tools: tools.map(({ name }) => name).join(", ").slice(0, 500),
    replacement: replacement ?? "",
  });
}
