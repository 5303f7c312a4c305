import { PEOPLE_FILTERS, type PeopleFilter } from "../../shared/views/whatsapp_view.ts";

export interface PeopleQuery {
  filter: PeopleFilter;
  /** Last digits of a number. */
  digits: string;
  after: string;
}

/** Parses the filter; ignores invalid values. */
export function peopleQueryOf({ searchParams }: URL): PeopleQuery {
  const filter = searchParams.get("filter");
  return {
    filter: PEOPLE_FILTERS.find((each) => each === filter) ?? "all",
    digits: (searchParams.get("digits") ?? "").replace(/\D/g, "").slice(0, 15),
    after: (searchParams.get("after") ?? "").slice(0, 80),
  };
}

export function peopleHref({ filter, digits }: PeopleQuery, after: string): string {
  const query = new URLSearchParams();
  if (filter !== "all") query.set("filter", filter);
  if (digits !== "") query.set("digits", digits);
  if (after !== "") query.set("after", after);
  return `/admin/whatsapp/people${query.size === 0 ? "" : `?${query}`}`;
}
