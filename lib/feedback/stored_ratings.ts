import type { RatingCounts } from "./rules/review.ts";
import { feedbackKeys, type Rating } from "./records.ts";
import { type Scope, scope } from "../metering/records.ts";
import type { Kv } from "../store/kv.ts";

export const UNRATED: RatingCounts = { up: 0, down: 0 };

/** A day's ratings, and of what. */
export interface RatedOfDay extends RatingCounts {
  day: string;
  scope: Scope;
  name: string;
}

/** What people think of replies; the sums are read at a cost that does not grow. */
export class Ratings {
  constructor(private readonly kv: Kv) {}

  /** Of some messages, in the order asked for. */
  async of(conversation: string, messages: readonly string[]): Promise<(Rating | null)[]> {
    const found = await this.kv.getMany(
      messages.map((id) => feedbackKeys.rating(conversation, id)),
    );
    return found.map(({ value }) => value);
  }

  /** All of a conversation, by the message's id; those of replies that were replaced among them. */
  async all(conversation: string): Promise<Map<string, Rating>> {
    const rows = await this.kv.list(
      { prefix: ["rating", conversation] },
      (path) => feedbackKeys.rating(conversation, String(path[2])),
    );
    return new Map(rows.map(({ path, value }) => [String(path[2]), value]));
  }

  /** The sums of several days of one scope, in the order asked for. */
  async days(scope: Scope, name: string, days: readonly string[]): Promise<RatingCounts[]> {
    const found = await this.kv.getMany(days.map((day) => feedbackKeys.rated(day, scope, name)));
    return found.map(({ value }) => value ?? UNRATED);
  }

  /** The sums of all scopes, from one day to another, both among them. */
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
