import { assertEquals } from "@/tests/support/assert.ts";
import type { Effect, ExperimentVerdict, Measure } from "../../../shared/views/experiment_view.ts";
import { verdictLine, verdictMark, verdictText } from "./verdicts.ts";

const RATED: Measure = { code: "rated" };
const effect = (estimate: number, p: number): Effect => ({
  estimate,
  low: estimate - .1,
  high: estimate + .1,
  p,
});

/** The answer's sentence, its line in the list and its chip, while it runs and after its end. */
function told(verdict: ExperimentVerdict, measure = RATED) {
  return [false, true].map((over) => [
    verdictText(verdict, measure, over),
    verdictLine(verdict, measure, over),
    verdictMark(verdict, over).text,
  ]);
}

Deno.test("verdictText() of few ratings promises nothing more once the experiment has ended", () => {
  const verdict: ExperimentVerdict = { code: "thin", needed: 20, counts: { B: 17, A: 14 } };
  assertEquals(told(verdict), [
    ["Too early to say.", "Too early: 14 and 17 ratings. At least 20 each.", "No answer yet"],
    ["Too few ratings to say.", "Too few: 14 and 17 ratings. At least 20 each.", "No answer"],
  ]);
  assertEquals(told(verdict, { code: "link" })[1]?.[0], "Too few people to say.");
});

Deno.test("verdictText() of an open answer is in the past once the experiment has ended", () => {
  const open = (estimate: number, p: number): ExperimentVerdict => ({
    code: "open",
    leader: "B",
    over: "A",
    effect: effect(estimate, p),
  });
  const answers = [open(.06, .5), open(.06, .1), open(0, 1)].map((verdict) =>
    told(verdict).map(([text]) => text)
  );
  assertEquals(answers, [
    [
      "Too early to say. B is ahead by 6 in 100 so far, and that is well within chance.",
      "No clear answer. B was ahead by 6 in 100, and that is well within chance.",
    ],
    [
      "Too early to say. B is ahead by 6 in 100 so far, and that can still be chance.",
      "No clear answer. B was ahead by 6 in 100, and that can be chance.",
    ],
    [
      "Too early to say. No version is ahead so far.",
      "No clear answer. No version was ahead.",
    ],
  ]);
});

Deno.test("verdictText() of a clear answer is the same before and after the end", () => {
  for (
    const verdict of [
      { code: "better", winner: "A", over: "B", rate: .8, effect: effect(.2, .001), shrunk: .15 },
      { code: "better", winner: "B", over: "C", rate: .8, effect: effect(.2, .001), shrunk: .15 },
      { code: "no_difference", below: .09 },
      { code: "unfair", p: .0001, people: { A: 135, B: 80 } },
    ] satisfies ExperimentVerdict[]
  ) {
    const [before, after] = told(verdict);
    assertEquals(before, after);
  }
});
