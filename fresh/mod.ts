/**
 * Server side: apps, middlewares, pages.
 * @module
 */
export { App } from "./server/app.ts";
export { createDefine, type Define } from "./server/define.ts";
export { cors, type CORSOptions } from "./server/middlewares/cors.ts";
export { csp, type CSPOptions } from "./server/middlewares/csp.ts";
export { csrf, type CsrfOptions } from "./server/middlewares/csrf.ts";
export { page } from "./server/page.ts";
export { staticFiles } from "./server/static_files.ts";
export { trailingSlashes } from "./server/middlewares/trailing_slashes.ts";
export { HttpError } from "./runtime/http_error.ts";
export type {
  Context,
  FreshConfig,
  FreshContext,
  HandlerByMethod,
  HandlerFn,
  Island,
  LayoutConfig,
  Lazy,
  ListenOptions,
  MaybeLazy,
  Method,
  Middleware,
  MiddlewareFn,
  PageProps,
  PageResponse,
  ResolvedFreshConfig,
  RouteConfig,
  RouteData,
  RouteHandler,
} from "./server/types.ts";
