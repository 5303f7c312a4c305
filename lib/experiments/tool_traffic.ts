import type { RatingCounts } from "../feedback/rules/review.ts";
import { type Ledger, repliesIn } from "../metering/ledger.ts";
import type { Scope } from "../metering/records.ts";
import { type Calendar, daysUntil } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Measure, PlanForecast } from "../shared/views/experiment_view.ts";
import type { Experiment } from "./records.ts";
import { planForecast } from "./rules/planning.ts";
import type { StoredExperiments } from "./stored_experiments.ts";

/** Sums of people's ratings of a tool, in the order of `days`. */
interface ToolRatings {
  days(scope: Scope, tool: string, days: readonly string[]): Promise<RatingCounts[]>;
}

interface Needs {
  store: { experiments: StoredExperiments; ledger: Ledger; ratings: ToolRatings };
  calendar: Calendar;
  clock: Clock;
}

/** Days of a plan's traffic, and of a month. */
const SEEN_DAYS = 28;
const MONTH_DAYS = 30;
/** Replies to a person in a month, until an experiment with the tool has counted people. */
const REPLIES_A_PERSON = 10;

/** What an experiment of a tool would find, by the tool's traffic. */
export class ToolTraffic {
  constructor(private readonly deps: Needs) {}

  /**
   * The forecast of a plan. Units are ratings where these are measured, which is close to people
   * who rate; else people, estimated by replies: nothing counts a tool's people.
   */
  async forecast(
    { tool, measure, ...plan }: {
      tool: string;
      measure: Measure["code"];
      variants: number;
      include: number;
      /** Percents, A's first; absent: all the same. */
      shares?: readonly number[] | undefined;
      target?: number | undefined;
    },
  ): Promise<PlanForecast> {
    const perPerson = await this.repliesAPerson(tool);
    const replies = await this.replies(tool);
    const people = estimated(replies, perPerson);
    const seen = measure === "rated"
      ? await this.rated(tool)
      : { n: estimated(replies.slice(-SEEN_DAYS), perPerson), good: null };
    const basis = measure === "rated" ? "ratings" : "replies";
    return { basis, ...planForecast({ ...plan, seen, people }) };
  }

  /** Estimated people of a tool in the last 30 days. */
  async people(tool: string): Promise<number> {
    return estimated(await this.replies(tool), await this.repliesAPerson(tool));
  }

  private async rated(tool: string): Promise<{ n: number; good: number }> {
    const days = await this.deps.store.ratings.days("tool", tool, this.days(SEEN_DAYS));
    const good = days.reduce((sum, { up }) => sum + up, 0);
    return { n: days.reduce((sum, { down }) => sum + down, good), good };
  }

  /** Replies of each of the last 30 days. */
  private async replies(tool: string): Promise<number[]> {
    const days = await this.deps.store.ledger.shown("tool", tool, this.days(MONTH_DAYS));
    return days.map(repliesIn);
  }

  /** Replies to a person, as the tool's experiments counted them. */
  private async repliesAPerson(tool: string): Promise<number> {
    const { experiments } = this.deps.store;
    const ofTool = experiments.known.filter((each) =>
      each.tool === tool && each.startedAt !== null
    );
    const days = (await Promise.all(ofTool.map(({ id }) => experiments.days(id)))).flat();
    const people = days.reduce((sum, day) => sum + day.people, 0);
    const turns = days.reduce((sum, day) => sum + day.turns, 0);
    return people < COUNTED_PEOPLE || turns === 0 ? REPLIES_A_PERSON : turns / people;
  }

  private days(count: number): string[] {
    return daysUntil(this.deps.calendar.dayOf(this.deps.clock()), count);
  }
}

/** What a forecast takes of an experiment. */
export function trafficOf({ tool, measure, variants, include }: Experiment) {
  const shares = variants.map(({ share }) => share);
  return { tool, measure: measure.code, variants: variants.length, shares, include };
}

/** People whose replies make a mean. */
const COUNTED_PEOPLE = 20;

function estimated(replies: readonly number[], perPerson: number): number {
  return Math.round(replies.reduce((sum, count) => sum + count, 0) / perPerson);
}
