import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import type { ExperimentState, Letter } from "../shared/views/experiment_view.ts";
import { toolIn, type Tools } from "../tools/stored_tools.ts";
import type { ToolChecks } from "../tools/tool_checks.ts";
import type { ToolEditing } from "../tools/tool_editing.ts";
import { auditEdit, ExperimentChanges, found } from "./experiment_changes.ts";
import type { Experiment } from "./records.ts";
import { wrongShares } from "./rules/experiment_form.ts";
import { isOngoing } from "./rules/experiment_state.ts";
import { contentOf } from "./rules/variant_content.ts";
import type { StoredExperiments } from "./stored_experiments.ts";
import { type ToolTraffic, trafficOf } from "./tool_traffic.ts";
import { modelError } from "./variant_errors.ts";

interface Needs {
  store: { experiments: StoredExperiments; tools: Tools };
  clock: Clock;
}

const DAY = 24 * 60 * 60_000;

/** The course of an experiment: started, paused, resumed, ended. */
export class ExperimentCourse {
  private readonly changes: ExperimentChanges;

  constructor(
    private readonly deps: Needs,
    private readonly traffic: ToolTraffic,
    private readonly editing: ToolEditing,
    private readonly checks: ToolChecks,
  ) {
    this.changes = new ExperimentChanges(deps);
  }

  /**
   * Starts a draft: fixes what A is, the planned total, the seed and the end.
   * @throws {AppError} `conflict` when it has started, was changed since `revision`, or another
   * experiment has the people of the tool
   */
  async start(who: string, id: string, revision: number): Promise<void> {
    const { store, clock } = this.deps;
    const now = clock();
    const draft = found(await store.experiments.list(), id, now);
    const { tools } = await store.tools.snapshot();
    const tool = toolIn(tools, draft.tool);
    const { planned } = await this.traffic.forecast(trafficOf(draft));
    await this.changes.edit(who, "experiment.start", id, revision, (plan, all) => {
      expectState(plan, "draft");
      const other = all.find((each) => each.tool === tool.id && isOngoing(each));
      if (other) throw new AppError("conflict", { code: "experiment.other", name: other.name });
      const { days, variants, contents } = plan;
      return {
        ...plan,
        state: "running",
        contents: { ...contents, A: contentOf(tool) },
        baseVersion: tool.version,
        planned,
        seed: crypto.randomUUID(),
        startedAt: now,
        endsAt: days === null ? null : now + days * DAY,
        shareChanges: [{ at: now, shares: variants.map(({ share }) => share) }],
      };
    });
  }

  /** Pauses a running experiment: everybody gets the tool as it is. */
  async pause(who: string, id: string): Promise<void> {
    const pausedAt = this.deps.clock();
    await this.changes.edit(who, "experiment.pause", id, null, (now) => {
      expectState(now, "running");
      return { ...now, state: "paused", pausedAt, pause: { code: "admin", by: who } };
    });
  }

  /**
   * Lets a paused experiment run on: people get their variants again. If a guard paused it, guards
   * are off from then on, since the admin has decided otherwise.
   */
  async resume(who: string, id: string): Promise<void> {
    await this.changes.edit(who, "experiment.resume", id, null, (now) => {
      expectState(now, "paused");
      const guard = now.guard && now.pause?.code !== "guard";
      return { ...now, state: "running", guard, pausedAt: null, pause: null };
    });
  }

  /** Ends a running or paused experiment; the tool stays as it is. */
  async end(who: string, id: string): Promise<void> {
    const at = this.deps.clock();
    await this.changes.edit(who, "experiment.end", id, null, (now) => {
      expectState(now, "running", "paused");
      return { ...now, state: "ended", endedAt: endOf(now, at) };
    });
  }

  /**
   * Makes a variant the tool, and ends the experiment, in one commit: a version with the variant's
   * contents, while the tool's other fields stay as they are now. Returns the version's number.
   * @throws {AppError} `conflict` for a draft, and when a variant was promoted already; `invalid`
   * when its model cannot be asked any more
   */
  async promote(who: string, id: string, letter: Letter): Promise<number> {
    const { store, clock } = this.deps;
    const at = clock();
    const { tool, name, contents } = found(await store.experiments.list(), id, at);
    const content = contents[letter];
    if (!content) throw new AppError("missing", { code: "experiment.variant_gone" });
    const { tools } = await store.tools.snapshot();
    const finding = modelError(this.checks, toolIn(tools, tool), content, tools);
    if (finding !== null) throw new AppError("invalid", { code: "form.invalid", finding });
    const how = { code: "promoted", name, letter } as const;
    const version = await this.editing.promote(who, tool, how, content, async () => {
      const { seen, all } = await store.experiments.snapshot();
      const before = found(all, id, at);
      expectPromotable(before);
      return (version) => {
        const after = { ...promoted(before, letter, version, at), revision: before.revision + 1 };
        const edit = { action: "experiment.promote", before, after };
        return store.experiments.part(seen, [after], (tx) => auditEdit(tx, at, who, edit));
      };
    });
    if (version !== null) {
      await store.experiments.refresh();
      return version;
    }
    // The tool has these contents already.
    const current = (await store.tools.snapshot()).tools.find((each) => each.id === tool);
    const number = current?.version ?? 0;
    await this.changes.edit(who, "experiment.promote", id, null, (now) => {
      expectPromotable(now);
      return promoted(now, letter, number, at);
    });
    return number;
  }

  /**
   * Changes the shares for people who come from now on; the others keep their variants.
   * @param shares percents in the order of the variants
   */
  async setShares(
    who: string,
    id: string,
    revision: number,
    shares: readonly number[],
  ): Promise<void> {
    const at = this.deps.clock();
    await this.changes.edit(who, "experiment.shares", id, revision, (now) => {
      expectState(now, "draft", "running", "paused");
      const ongoing = isOngoing(now);
      const finding = wrongShares(shares, ongoing);
      if (finding !== null || shares.length !== now.variants.length) {
        throw new AppError("invalid", { code: "form.invalid", finding });
      }
      if (now.variants.every(({ share }, index) => share === shares[index])) return null;
      return {
        ...now,
        variants: now.variants.map((variant, index) => ({
          ...variant,
          share: shares[index] ?? variant.share,
        })),
        ...(ongoing ? { shareChanges: [...now.shareChanges, { at, shares: [...shares] }] } : {}),
      };
    });
  }
}

function promoted(now: Experiment, letter: Letter, version: number, at: number): Experiment {
  return { ...now, state: "ended", endedAt: endOf(now, at), promoted: { letter, version, at } };
}

/** When it has ended; not before its start, whatever the clock says. */
function endOf({ startedAt, endedAt }: Experiment, now: number): number {
  return endedAt ?? Math.max(startedAt ?? now, now);
}

function expectPromotable(now: Experiment): void {
  expectState(now, "running", "paused", "ended");
  if (now.promoted) throw new AppError("conflict", { code: "experiment.promoted" });
}

function expectState({ state }: Experiment, ...states: ExperimentState[]): void {
  if (!states.includes(state)) throw new AppError("conflict", { code: "experiment.is", state });
}
