import type { RatedReply, RatingListener, RatingPart } from "../../feedback/ratings.ts";
import type { Calendar } from "../../platform/calendar.ts";
import { variantParts } from "../../shared/views/experiment_view.ts";
import { StaleRead, type Transactions } from "../../store/transactions.ts";
import { experimentKeys } from "../records.ts";
import { isOngoing } from "../rules/experiment_state.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { addToDay } from "./arm_days.ts";

interface Needs {
  store: { experiments: StoredExperiments; transactions: Transactions };
  calendar: Calendar;
}

/**
 * Counts ratings in the experiments that are not over: one for each person.
 * It is the first one that they give; it may change, and its withdrawal lets their next one count.
 */
export class CountedRatings implements RatingListener {
  constructor(private readonly deps: Needs) {}

  async part({ visitor, tool, message, variant, now }: RatedReply): Promise<RatingPart | null> {
    const { store: { experiments, transactions }, calendar } = this.deps;
    const rated = variant === null ? null : variantParts(variant);
    const found = experiments.known.find(({ id }) => id === rated?.experiment);
    if (!rated || !found || !isOngoing(found)) return null;
    const { experiment, letter } = rated;
    const today = calendar.dayOf(now);
    const armKey = experimentKeys.arm(visitor, tool);
    const arm = await transactions.read(armKey);
    const person = arm?.experiment === experiment ? arm.person : visitor;
    const key = experimentKeys.person(experiment, person);
    const since = (await transactions.read(key))?.rated?.day;
    const dayOf = (day: string) => experimentKeys.day(experiment, day, letter);
    return {
      reads: [armKey, key, dayOf(today), ...(since === undefined ? [] : [dayOf(since)])],
      run: (tx, verdict) => {
        const counted = tx.get(key);
        const moved = tx.get(armKey)?.person !== arm?.person || counted?.rated?.day !== since;
        if (moved) throw new StaleRead();
        // The reply may be of another variant, from before the phone was linked.
        if (counted === null || counted.letter !== letter) return;
        const before = counted.rated;
        if (before !== null && before.message !== message) return;
        if (before) addToDay(tx, dayOf(before.day), { [before.verdict]: -1 });
        const after = verdict && { message, verdict, day: since ?? today };
        if (after) addToDay(tx, dayOf(after.day), { [after.verdict]: 1 });
        if (before || after) tx.set(key, { ...counted, rated: after });
      },
    };
  }
}
