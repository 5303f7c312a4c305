import type { RequestContext } from "./context.ts";
import type { Middleware, PageComponent } from "./types.ts";

/** One link of a chain: a middleware, or at the end what answers. */
export type Step<State> = (
  ctx: RequestContext<State>,
) => Response | Promise<Response> | Promise<Middleware<State>>;

/** What surrounds a page. */
export interface Surroundings<State> {
  /** Outermost first. */
  layouts: readonly PageComponent<State>[];
  wrapper: PageComponent<State> | null;
}

/** Who explains an error, and inside of what. */
export interface ErrorScope<State> {
  page: Step<State> | null;
  notFound: Step<State> | null;
  surroundings: Surroundings<State>;
}

/** Everything that a request needs once its route is known. */
export interface Endpoint<State> {
  pattern: string | null;
  /** What a lazy step resolved to takes its place. */
  chain: Step<State>[];
  surroundings: Surroundings<State>;
  rootErrors: ErrorScope<State>;
}
