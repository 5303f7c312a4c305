import { PEOPLE_FILTERS, type PeopleFilter } from "../../shared/views/whatsapp_view.ts";

/** What the list of people on WhatsApp is asked for. */
export interface PeopleQuery {
  filter: PeopleFilter;
  /** The last digits of a number. */
  digits: string;
  after: string;
}

/** Reads it from an address; what makes no sense is left open. */
export function peopleQueryOf({ searchParams }: URL): PeopleQuery {
  const filter = searchParams.get("filter");
  return {
    filter: PEOPLE_FILTERS.find((each) => each === filter) ?? "all",
    digits: (searchParams.get("digits") ?? "").replace(/\D/g, "").slice(0, 15),
    after: (searchParams.get("after") ?? "").slice(0, 80),
  };
}

/** The address of such a list. */
export function peopleHref({ filter, digits }: PeopleQuery, after: string): string {
  const query = new URLSearchParams();
  if (filter !== "all") query.set("filter", filter);
  if (digits !== "") query.set("digits", digits);
  if (after !== "") query.set("after", after);
  return `/admin/whatsapp/people${query.size === 0 ? "" : `?${query}`}`;
}
