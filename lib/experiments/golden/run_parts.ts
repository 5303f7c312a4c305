import type { Side } from "../../shared/views/golden_view.ts";
import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import { type GoldenExample, goldenKeys, type GoldenRun, MODEL_JUDGE } from "./records.ts";
import type { RunParts } from "./stored_golden.ts";

/** A part of a run is not wanted any longer: of the whole run, or of a removed example. */
export class PartUnwanted extends Error {
  override name = "PartUnwanted";
  constructor(readonly gone: "run" | "example") {
    super(`No longer wanted: ${gone}`);
  }
}

/** Guards of a part's writes, to run in the commit that writes them. */
export interface PartGuard {
  reads: readonly Key<unknown>[];
  /**
   * Before a call: the run must be under way, the example kept.
   * @throws {PartUnwanted}
   */
  admit(tx: Tx): void;
  /** Whether what the call brought may be stored: a run that was stopped since keeps it. */
  keeps(tx: Tx): boolean;
}

/** Guards of an example's parts in a run as this process makes it. */
export function partGuard(
  { tool, id, making }: Pick<GoldenRun, "tool" | "id" | "making">,
  example: string,
): PartGuard {
  const run = goldenKeys.run(tool, id), asked = goldenKeys.example(tool, example);
  const own = (tx: Tx) => {
    const now = tx.get(run);
    return now?.making === making && now.state !== "dropped" ? now : null;
  };
  return {
    reads: [run, asked],
    admit: (tx) => {
      if (own(tx)?.state !== "running") throw new PartUnwanted("run");
      if (tx.get(asked) === null) throw new PartUnwanted("example");
    },
    keeps: (tx) => own(tx) !== null && tx.get(asked) !== null,
  };
}

/** Parts of an example that a run still lacks; a failed reply is lacking. */
export interface LackingParts {
  example: GoldenExample;
  sides: Side[];
  judgement: boolean;
}

/** Replies of an example that a run has; null where there is none, or it failed. */
export type KnownReplies = Record<Side, string | null>;

export function knownReplies({ replies }: Pick<RunParts, "replies">, id: string): KnownReplies {
  const textOf = (side: Side) =>
    replies.find((each) => each.example === id && each.side === side && !each.failed)?.text ?? null;
  return { a: textOf("a"), b: textOf("b") };
}

/** What a run would ask for to be whole, by example. */
export function lackingParts(
  run: Pick<GoldenRun, "examples" | "judge">,
  examples: readonly GoldenExample[],
  parts: RunParts,
): LackingParts[] {
  const judged = new Set(
    parts.judgements.filter(({ judge }) => judge === MODEL_JUDGE).map(({ example }) => example),
  );
  return examples.filter(({ id }) => run.examples.includes(id)).flatMap((example) => {
    const known = knownReplies(parts, example.id);
    const sides = (["a", "b"] as const).filter((side) => known[side] === null);
    const judgement = run.judge !== null && !judged.has(example.id);
    return sides.length > 0 || judgement ? [{ example, sides, judgement }] : [];
  });
}
