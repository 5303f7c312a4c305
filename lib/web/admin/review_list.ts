import type { Services } from "../../service_types.ts";
import { reviewFilterOf, reviewQuery } from "./review_query.ts";

const FOLDER = "/admin/conversations";

/** Filters with one click, by their fields. */
const CHIPS = [
  { kind: "all", rating: "", unreviewed: false },
  { kind: "poor", rating: "down", unreviewed: false },
  { kind: "good", rating: "up", unreviewed: false },
  { kind: "unrated", rating: "none", unreviewed: false },
  { kind: "open", rating: "", unreviewed: true },
] as const;

/** The page of conversations that an address asks for; written to the audit log. */
export async function reviewListOf({ review, deps }: Services, email: string, url: URL) {
  const filter = reviewFilterOf(url);
  const before = url.searchParams.get("before") ?? "";
  const list = await review.list(email, filter, before);
  const query = reviewQuery(filter);
  const here = reviewQuery(filter, { before });
  return {
    list,
    filter,
    filtered: query !== "",
    timeZone: deps.config.TIME_ZONE,
    newestHref: before === "" ? null : FOLDER + query,
    nextHref: list.next && FOLDER + reviewQuery(filter, { before: list.next }),
    within: here === "" ? "" : `?${new URLSearchParams({ in: here })}`,
    exportHref: `${FOLDER}/export${query}`,
    chips: CHIPS.map(({ kind, rating, unreviewed }) => ({
      kind,
      href: FOLDER + reviewQuery({ ...filter, rating, unreviewed }),
      current: filter.rating === rating && filter.unreviewed === unreviewed,
    })),
  };
}

/** The list's address that a conversation's address carries. */
export function listUrlOf(url: URL): URL {
  return new URL(FOLDER + (url.searchParams.get("in") ?? "").replace(/^(?!\?).*/s, ""), url);
}
