import type { RatingCounts } from "./rules/review.ts";
import { feedbackKeys, type Rating } from "./records.ts";
import { type Scope, scope } from "../metering/records.ts";
import type { Kv } from "../store/kv.ts";

export const UNRATED: RatingCounts = { up: 0, down: 0 };

/** Ratings of one day and scope. */
export interface RatedOfDay extends RatingCounts {
  day: string;
  scope: Scope;
  name: string;
}

/** People's ratings; reading their sums costs the same for any number of ratings. */
export class Ratings {
  constructor(private readonly kv: Kv) {}

  /** Ratings of some messages, in the order of `messages`. */
  async of(conversation: string, messages: readonly string[]): Promise<(Rating | null)[]> {
    const found = await this.kv.getMany(
      messages.map((id) => feedbackKeys.rating(conversation, id)),
    );
    return found.map(({ value }) => value);
  }

  /** All ratings of a conversation by message id, replaced replies included. */
  async all(conversation: string): Promise<Map<string, Rating>> {
    const rows = await this.kv.list(
      { prefix: ["rating", conversation] },
      (path) => feedbackKeys.rating(conversation, String(path[2])),
    );
    return new Map(rows.map(({ path, value }) => [String(path[2]), value]));
  }

  /** Sums of several days of one scope, in the order of `days`. */
  async days(scope: Scope, name: string, days: readonly string[]): Promise<RatingCounts[]> {
    const found = await this.kv.getMany(days.map((day) => feedbackKeys.rated(day, scope, name)));
    return found.map(({ value }) => value ?? UNRATED);
  }

  /** Sums of all scopes, from `from` to `to`, both included. */
  async between(from: string, to: string): Promise<RatedOfDay[]> {
    const rows = await this.kv.list(
      { start: ["rated", from], end: ["rated", `${to}~`] },
      (path) => feedbackKeys.rated(String(path[1]), scope.parse(path[2]), String(path[3])),
    );
    return rows.map(({ path, value }) => ({
      ...value,
      day: String(path[1]),
      scope: scope.parse(path[2]),
      name: String(path[3]),
    }));
  }
}
