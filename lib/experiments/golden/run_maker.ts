import { cutText, LONGEST_TEXT } from "../../llm/rules/reply_text.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError, causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import type { Side } from "../../shared/views/golden_view.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { wantedReply } from "./golden_sides.ts";
import type { ModelJudge } from "./model_judge.ts";
import type { PaidReplies } from "./paid_reply.ts";
import { type GoldenExample, goldenKeys, type GoldenRun, type StopReason } from "./records.ts";
import {
  type KnownReplies,
  knownReplies,
  type LackingParts,
  lackingParts,
  partGuard,
  PartUnwanted,
} from "./run_parts.ts";
import type { RunParts, StoredGolden } from "./stored_golden.ts";

/** Examples under way at once. */
const AT_ONCE = 2;

interface Needs {
  store: { golden: StoredGolden };
  clock: Clock;
  log: Log;
}

/** Why a run ended; null when it is whole, but for replies that failed. */
type RunEnd = StopReason | null;

/** Asks for what a run lacks, and stores each part as it comes. */
export class RunMaker {
  constructor(
    private readonly deps: Needs,
    private readonly replies: PaidReplies,
    private readonly judge: ModelJudge,
  ) {}

  /** What a run lacks, with what it has. */
  async lacking(run: GoldenRun): Promise<{ lacking: LackingParts[]; parts: RunParts }> {
    const { golden } = this.deps.store;
    const [examples, parts] = await Promise.all([golden.examples(run.tool), golden.parts(run.id)]);
    return { lacking: lackingParts(run, examples, parts), parts };
  }

  /** @param signal its reason is why the run shall stop */
  async make(run: GoldenRun, signal: AbortSignal): Promise<RunEnd> {
    const { golden } = this.deps.store;
    const [a, b, { lacking, parts }] = await Promise.all([
      golden.side(run.id, "a"),
      golden.side(run.id, "b"),
      this.lacking(run),
    ]);
    if (a === null || b === null) return { code: "fault" };
    const made = new Map(lacking.map(({ example: { id } }) => [id, knownReplies(parts, id)]));
    const end = await this.work(lacking, signal, async ({ example, sides, judgement }) => {
      const known = made.get(example.id) ?? { a: null, b: null };
      for (const side of sides) {
        // Made before a hold was refused.
        known[side] ??= await this.reply(run, example, side, side === "a" ? a : b, signal);
      }
      if (judgement && !signal.aborted) await this.compare(run, example, known, a, signal);
    });
    if (end !== null) return end;
    const after = await this.lacking(run);
    if (signal.aborted && after.lacking.length > 0) return stopReason(signal);
    // A reply whose write failed is neither there nor failed.
    const lost = after.lacking.some(({ example, sides }) =>
      sides.some((side) =>
        !after.parts.replies.some((reply) => reply.example === example.id && reply.side === side)
      )
    );
    return lost ? { code: "fault" } : null;
  }

  /** Makes the parts of some examples at once; ends at the first error. */
  private async work(
    lacking: readonly LackingParts[],
    signal: AbortSignal,
    make: (part: LackingParts) => Promise<void>,
  ): Promise<RunEnd> {
    const queue = [...lacking];
    let end: RunEnd = null, unwanted = false, working = AT_ONCE;
    const worker = async () => {
      while (end === null && !unwanted && !signal.aborted) {
        const next = queue.shift();
        if (next === undefined) break;
        try {
          await make(next);
        } catch (error) {
          if (error instanceof PartUnwanted) {
            if (error.gone === "run") unwanted = true;
          } else if (isHeldOnly(error) && working > 1) {
            // The hold of the run's other call may be in the way: that worker goes on alone.
            queue.unshift(next);
            break;
          } else {
            end ??= reasonOf(error, this.deps.clock());
            this.deps.log("warn", "A run of examples stopped", { error: causeOf(error) });
          }
        }
      }
      working--;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return end;
  }

  /** Asks for a side's reply; null when it failed. One that was stopped is not kept. */
  private async reply(
    run: GoldenRun,
    example: GoldenExample,
    side: Side,
    tool: Tool,
    signal: AbortSignal,
  ): Promise<string | null> {
    const key = goldenKeys.reply(run.id, example.id, side);
    const { text, failed } = await this.replies.ask(wantedReply(tool, example), {
      run: run.id,
      guard: partGuard(run, example.id),
      write: (tx, reply) => {
        if (reply.failed && signal.aborted) return;
        tx.set(key, { ...reply, text: cutText(reply.text, LONGEST_TEXT) });
      },
    }, signal);
    return failed ? null : text;
  }

  private async compare(
    run: GoldenRun,
    example: GoldenExample,
    { a, b }: KnownReplies,
    tool: Tool,
    signal: AbortSignal,
  ): Promise<void> {
    if (a === null || b === null) return;
    await this.judge.compare(run, example, { a, b, tool }, signal);
  }
}

/** Whether a budget's room is only held, not used up. */
function isHeldOnly(error: unknown): boolean {
  return error instanceof AppError && error.kind === "over_budget" && error.retryable;
}

function reasonOf(error: unknown, now: number): StopReason {
  if (!(error instanceof AppError)) return { code: "fault" };
  const { told } = error;
  if (told.code === "tool.binned") return { code: "tool" };
  if (told.code === "model.unpriced") return { code: "price", model: told.model };
  if (error.kind !== "over_budget") return { code: "fault" };
  const waitMs = error.retryable ? undefined : error.retryAfterMs;
  return { code: "budget", opensAt: waitMs === undefined ? null : now + waitMs };
}

function stopReason({ reason }: AbortSignal): StopReason {
  return { code: reason === "closed" ? "closed" : "asked" };
}
