import type { PageResponse } from "./types.ts";

interface PageInit {
  status?: number;
  headers?: HeadersInit;
}

/** Passes data to the route's component; without it, the component gets undefined. */
export function page(data?: undefined, init?: PageInit): PageResponse<undefined>;
export function page<Data>(data: Data, init?: PageInit): PageResponse<Data>;
export function page<Data>(data: Data, init: PageInit = {}): PageResponse<Data> {
  return { data, ...init };
}
