import { HttpError } from "../../runtime/http_error.ts";
import type { Endpoint, ErrorScope, Step } from "../context.ts";
import type { Surroundings } from "../render/render.ts";
import { boundary } from "../errors.ts";
import { canonical, isDynamic } from "./pattern.ts";
import { joinPattern, type Registration, type RouteRegistration } from "./registration.ts";
import { errorStep, routeSteps } from "./route_step.ts";
import { Router } from "./router.ts";
import { covers, type Place, segmentsOf } from "./scope.ts";

/** Compiled routes of an app. */
export interface CompiledApp<State> {
  router: Router<Endpoint<State>>;
  /** Endpoint for an error before routing; runs the root's middlewares. */
  fail(error: HttpError): Endpoint<State>;
}

/** Registrations of one scope. */
interface Level<State> {
  middlewares: Step<State>[];
  error: Step<State> | null;
  surroundings: Surroundings<State>;
}

/** Resolves scopes and order once, so that a request only walks its chain. */
export function compile<State>(
  items: readonly Registration<State>[],
  basePath: string,
): CompiledApp<State> {
  const router = new Router<Endpoint<State>>();
  const errorSteps = new Map<Registration<State>, Step<State>>();
  for (const item of items) {
    if (item.kind === "error" || item.kind === "notFound") {
      errorSteps.set(item, errorStep(item.page));
    }
  }
  const last = items.findLast((item) => item.kind === "notFound");
  const notFound = last === undefined ? null : errorSteps.get(last) ?? null;

  items.forEach((item, i) => {
    if (item.kind === "route") add(item, items.slice(0, i));
  });
  const root = levelsAt({ path: [], folder: [] }, items, errorSteps);
  return {
    router,
    fail: (error) =>
      endpoint(null, root, [], () => {
        throw error;
      }),
  };

  function add(route: RouteRegistration<State>, before: readonly Registration<State>[]): void {
    const full = joinPattern(basePath, route.pattern);
    const pattern = isDynamic(full) ? canonical(full) : full;
    const place = { path: segmentsOf(route.pattern), folder: route.folder };
    const levels = levelsAt(place, before, errorSteps);
    for (const [method, step] of routeSteps(route)) {
      router.add(pattern, method, endpoint(pattern, levels, route.middlewares, step));
    }
  }

  function endpoint(
    pattern: string | null,
    levels: readonly Level<State>[],
    own: readonly Step<State>[],
    answer: Step<State>,
  ): Endpoint<State> {
    const chain: Step<State>[] = [];
    const errorsAt = ({ error, surroundings }: Level<State>): ErrorScope<State> => ({
      page: error,
      notFound,
      surroundings,
    });
    levels.forEach((level, depth) => {
      // The root's error page is outside the chain.
      if (depth > 0 && level.error !== null) chain.push(boundary(errorsAt(level)));
      chain.push(...level.middlewares);
    });
    chain.push(...own, answer);
    const outer = levels[0];
    const inner = levels.at(-1);
    if (outer === undefined || inner === undefined) {
      throw new Error("a place outside the root scope");
    }
    return {
      pattern,
      chain,
      surroundings: inner.surroundings,
      rootErrors: errorsAt(outer),
    };
  }
}

/** Levels that apply at a place, root first. */
function levelsAt<State>(
  place: Place,
  items: readonly Registration<State>[],
  errorSteps: ReadonlyMap<Registration<State>, Step<State>>,
): Level<State>[] {
  const last = items.findLast((item) => item.kind === "wrapper");
  const levels: Level<State>[] = [];
  let surroundings: Surroundings<State> = { layouts: [], wrapper: last?.component ?? null };
  const depth = Math.max(place.path.length, place.folder?.length ?? 0);
  for (let i = 0; i <= depth; i++) {
    const here = items.filter((item) =>
      "scope" in item && item.scope.segments.length === i && covers(item.scope, place)
    );
    const layout = here.findLast((item) => item.kind === "layout");
    if (layout !== undefined) {
      const { skipInheritedLayouts, skipAppWrapper } = layout.config;
      surroundings = {
        layouts: [...(skipInheritedLayouts ? [] : surroundings.layouts), layout.component],
        wrapper: skipAppWrapper ? null : surroundings.wrapper,
      };
    }
    const error = here.findLast((item) => item.kind === "error");
    levels.push({
      middlewares: here.flatMap((item) => item.kind === "use" ? item.middlewares : []),
      error: error === undefined ? null : errorSteps.get(error) ?? null,
      surroundings,
    });
  }
  return levels;
}
