import { HttpError } from "../../runtime/http_error.ts";
import type { RequestContext, Step } from "../context.ts";
import { renderPage } from "../render/render.ts";
import type { ErrorPage } from "./registration.ts";
import type {
  HandlerFn,
  LayoutConfig,
  Method,
  PageComponent,
  PageResponse,
  RouteHandler,
} from "../types.ts";

/** Methods that routes can handle by name. */
export const METHODS: readonly Method[] = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
];

/** Parts of a route that produce its response. */
interface RouteAnswer<State> {
  name: string;
  component: PageComponent<State> | null;
  handler: RouteHandler<unknown, State> | null;
  config: LayoutConfig;
}

/** Final steps of a route, by method. */
export function routeSteps<State>(route: RouteAnswer<State>): Map<Method, Step<State>> {
  const steps = new Map<Method, Step<State>>();
  const { handler } = route;
  for (const method of METHODS) {
    const fn = typeof handler === "function" ? handler : handler?.[method];
    if (fn !== undefined) steps.set(method, handlerStep(route, fn));
  }
  if (route.component !== null && !steps.has("GET")) {
    steps.set("GET", (ctx) => renderPage(ctx, route, { data: {} }));
  }
  return steps;
}

/** Final step of an error page. */
export function errorStep<State>(page: ErrorPage<State>): Step<State> {
  if (typeof page === "function") return page;
  const { handler = null, component = null, config = {} } = page;
  const route: RouteAnswer<State> = { name: "an error page", component, handler, config };
  const plain: Step<State> = (ctx) =>
    renderPage(ctx, route, { data: {}, status: statusOf(ctx.error) });
  if (handler === null) return plain;
  if (typeof handler === "function") return handlerStep(route, handler);
  const steps = routeSteps({ ...route, component: null });
  return (ctx) => {
    const method = METHODS.find((m) => m === ctx.req.method) ?? "GET";
    return (steps.get(method) ?? steps.get("GET") ?? plain)(ctx);
  };
}

/** Response status of a thrown value. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

function handlerStep<State>(
  route: RouteAnswer<State>,
  fn: HandlerFn<unknown, State>,
): Step<State> {
  let handle: (ctx: RequestContext<State>) => unknown = fn;
  const answer = (ctx: RequestContext<State>, result: unknown): Response | Promise<Response> => {
    if (result instanceof Response) return result;
    if (isLoaded<State>(result)) {
      handle = result;
      return settle(ctx, result(ctx));
    }
    if (!isPageResponse(result)) {
      throw new TypeError(`The handler of ${route.name} returned neither a Response nor page()`);
    }
    return renderPage(ctx, route, result);
  };
  const settle = (ctx: RequestContext<State>, result: unknown) =>
    result instanceof Promise ? result.then((value) => answer(ctx, value)) : answer(ctx, result);
  return (ctx) => settle(ctx, handle(ctx));
}

/** True for a lazy handler's result: the handler itself. */
function isLoaded<State>(value: unknown): value is (ctx: RequestContext<State>) => unknown {
  return typeof value === "function";
}

function isPageResponse(value: unknown): value is PageResponse<unknown> {
  return typeof value === "object" && value !== null;
}
