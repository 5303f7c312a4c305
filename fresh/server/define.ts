import type { Middleware, PageProps, PageResult, RouteData, RouteHandler } from "./types.ts";

/** Typed identity functions for handlers, pages and middlewares. */
export interface Define<State> {
  handlers<Handlers extends RouteHandler<unknown, State>>(handlers: Handlers): Handlers;
  page<
    Handlers extends RouteHandler<unknown, State> = never,
    Data = [Handlers] extends [never] ? unknown : RouteData<Handlers>,
  >(
    component: (props: PageProps<Data, State>) => PageResult,
  ): (props: PageProps<Data, State>) => PageResult;
  layout(
    component: (props: PageProps<unknown, State>) => PageResult,
  ): (props: PageProps<unknown, State>) => PageResult;
  middleware<Fns extends Middleware<State> | Middleware<State>[]>(middleware: Fns): Fns;
}

/** Creates the helpers for an app with state `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}
