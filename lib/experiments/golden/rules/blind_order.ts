import type { Side } from "../../../shared/views/golden_view.ts";
import { personStep } from "../../rules/assignment.ts";

/**
 * The sides that a judge sees as left and right: as often one way as the other, by the judge and
 * the example, and the same each time.
 */
export function blindOrder(
  run: string,
  example: string,
  judge: string,
): { left: Side; right: Side } {
  return personStep(run, `${judge} ${example}`) % 2 === 0
    ? { left: "a", right: "b" }
    : { left: "b", right: "a" };
}
