import type { ComponentChildren, FunctionComponent, VNode } from "preact";
import type { StreamSource } from "./stream.ts";

/** Methods that a route can answer by name. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";

/** Options of `new App()`. */
export interface FreshConfig {
  /** Prefix of every route, such as `/app`. */
  basePath?: string;
  mode?: "development" | "production";
  /** Trusts `X-Forwarded-Proto` and `X-Forwarded-Host`. */
  trustProxy?: boolean;
}

/** Configuration with defaults filled in. */
export interface ResolvedFreshConfig extends Required<FreshConfig> {
  root: string;
}

/** Parts that a layout can skip around itself. */
export interface LayoutConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
}

/** The `config` export of a route file. */
export interface RouteConfig extends LayoutConfig {
  /** Pattern that replaces the one of the file name. */
  routeOverride?: string;
}

/** A request, with the ways to answer it. */
export interface Context<State> {
  /** The request; a middleware may replace it. */
  req: Request;
  /** Request URL with runs of slashes collapsed. */
  readonly url: URL;
  readonly params: Record<string, string>;
  /** The pattern that matched, or null. */
  readonly route: string | null;
  /** Shared by all middlewares and pages of this request. */
  readonly state: State;
  readonly config: ResolvedFreshConfig;
  readonly info: Deno.ServeHandlerInfo;
  /** The thrown value, else null. */
  readonly error: unknown;
  readonly data: unknown;
  readonly isPartial: boolean;
  readonly Component: FunctionComponent;
  /** Runs the rest of the chain. */
  next(): Promise<Response>;
  /** Renders JSX inside the layouts and the wrapper of this route. */
  render(vnode: VNode | null, init?: ResponseInit, config?: LayoutConfig): Promise<Response>;
  redirect(to: string, status?: number): Response;
  text(text: string, init?: ResponseInit): Response;
  html(html: string, init?: ResponseInit): Response;
  json(value: unknown, init?: ResponseInit): Response;
  /** Streams each piece as the source yields it. */
  stream(source: StreamSource, init?: ResponseInit): Response;
}

/** Former name of {@linkcode Context}. */
export type FreshContext<State = unknown> = Context<State>;

/** Answers a request or passes it on with `ctx.next()`. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** A middleware, or a loader called at the first request. */
export type MaybeLazyMiddleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response> | Promise<Middleware<State>>;

/** Former name of {@linkcode Middleware}. */
export type MiddlewareFn<State> = Middleware<State>;

export type Lazy<T> = () => Promise<T>;

export type MaybeLazy<T> = T | Lazy<T>;

/** Data for a route's component, made by `page()`. */
export interface PageResponse<Data> {
  data: Data;
  status?: number;
  headers?: HeadersInit;
}

type HandlerResult<Data> = Response | PageResponse<Data>;

/** Handles a request of a route. */
export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => HandlerResult<Data> | Promise<HandlerResult<Data>>;

/** One handler for each method. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** The `handler` of a route: for all methods, or by method. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

type DataOf<Result> = Result extends Response ? never
  : Result extends PageResponse<infer Data> ? Data
  : never;

type DataOfFn<Fn> = Fn extends (ctx: never) => infer Result ? DataOf<Awaited<Result>> : never;

/** Data that a route's handlers pass to its component. */
export type RouteData<Handler> = Handler extends (ctx: never) => unknown ? DataOfFn<Handler>
  : { [M in keyof Handler]: DataOfFn<Handler[M]> }[keyof Handler];

/** Props of pages, layouts, error pages and the app wrapper. */
export interface PageProps<Data = unknown, State = unknown> {
  /** Inner content, for layouts and the wrapper. */
  Component: FunctionComponent;
  config: ResolvedFreshConfig;
  data: Data;
  error: unknown;
  info: Deno.ServeHandlerInfo;
  isPartial: boolean;
  params: Record<string, string>;
  req: Request;
  route: string | null;
  state: State;
  url: URL;
}

/** Result of a page or layout. */
export type PageResult =
  | ComponentChildren
  | Response
  | Promise<ComponentChildren | Response>;

// Written as a method, so that components may narrow `data` to the type from their handler.
/** A page, layout, error page or app wrapper. */
export type PageComponent<State> = {
  component(props: PageProps<unknown, State>): PageResult;
}["component"];

/** A route as `app.route()` takes it. */
export interface Route<State> {
  component?: PageComponent<State>;
  handler?: RouteHandler<unknown, State>;
  config?: RouteConfig;
}

/** A component that also runs in the browser. */
export type Island = FunctionComponent<Record<string, unknown>>;

/** Options of `app.listen()`. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>;
