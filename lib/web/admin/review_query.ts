import type { ReviewFilter } from "../../shared/views/review_view.ts";

const LONGEST = 100;
const RATINGS = ["up", "down", "none"] as const;

export function reviewFilterOf({ searchParams }: URL): ReviewFilter {
  const asked = (name: string) =>
    (searchParams.get(name) ?? "").replaceAll("\0", "").toWellFormed().trim().slice(0, LONGEST);
  return {
    tool: asked("tool"),
    channel: asked("channel"),
    from: asked("from"),
    to: asked("to"),
    rating: RATINGS.find((each) => each === asked("rating")) ?? "",
    unreviewed: asked("unreviewed") !== "",
    text: asked("text"),
  };
}

/** Formats the filter as a query with additional parameters; "" when empty. */
export function reviewQuery(filter: ReviewFilter, more: Record<string, string> = {}): string {
  const { unreviewed, ...texts } = filter;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...texts, ...more })) {
    if (value !== "") query.set(name, value);
  }
  if (unreviewed) query.set("unreviewed", "1");
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
