import type { Build } from "./build.ts";
import { compile } from "./routing/compile.ts";
import { fileRegistrations } from "./files/registrations.ts";
import { type Handler, makeHandler } from "./handle.ts";
import { listen } from "./listen.ts";
import { below, type ErrorPage, joinPattern, type Registration } from "./routing/registration.ts";
import { METHODS } from "./routing/route_step.ts";
import { pathScope } from "./routing/scope.ts";
import type {
  FreshConfig,
  LayoutConfig,
  ListenOptions,
  MaybeLazyMiddleware,
  Method,
  PageComponent,
  ResolvedFreshConfig,
  Route,
  RouteConfig,
} from "./types.ts";

/** An app of any state type, as builds and servers use it. */
export interface AnyApp {
  handler(): Handler;
}

/** Registers middlewares, routes and pages; each call applies to later registrations. */
export class App<State> implements AnyApp {
  config: ResolvedFreshConfig;
  #items: Registration<State>[] = [];
  #build: Build | null = null;
  #handler: Handler | null = null;

  constructor({ basePath = "", mode = "production", trustProxy = false }: FreshConfig = {}) {
    const base = basePath.replace(/\/+$/, "");
    this.config = { root: Deno.cwd(), basePath: base, mode, trustProxy };
  }

  /** Attaches a build's routes, islands and files to an app. */
  static attach(app: AnyApp, build: Build): void {
    if (!(app instanceof App)) throw new TypeError("not an App of this package");
    app.#build = build;
    app.config = {
      ...app.config,
      root: build.root,
      mode: build.dev === null ? app.config.mode : "development",
    };
    app.#handler = null;
  }

  /** Adds middlewares for all routes, or below a path. */
  use(...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(first: string | MaybeLazyMiddleware<State>, ...rest: MaybeLazyMiddleware<State>[]): this {
    return typeof first === "string"
      ? this.#add({ kind: "use", scope: pathScope(first), middlewares: rest })
      : this.#add({ kind: "use", scope: pathScope("*"), middlewares: [first, ...rest] });
  }

  /** Handles GET, and HEAD without a handler of its own. */
  get(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["GET"], path, fns);
  }

  post(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["POST"], path, fns);
  }

  put(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["PUT"], path, fns);
  }

  patch(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["PATCH"], path, fns);
  }

  delete(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["DELETE"], path, fns);
  }

  head(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(["HEAD"], path, fns);
  }

  /** Handles every method. */
  all(path: string, ...fns: MaybeLazyMiddleware<State>[]): this {
    return this.#method(METHODS, path, fns);
  }

  /** Adds a page or handlers by method. */
  route(path: string, route: Route<State>, config: RouteConfig = {}): this {
    const merged = { ...route.config, ...config };
    const pattern = merged.routeOverride ?? path;
    return this.#add({
      kind: "route",
      pattern,
      folder: null,
      name: pattern,
      component: route.component ?? null,
      handler: route.handler ?? null,
      middlewares: [],
      config: merged,
    });
  }

  /** Inserts the file routes at this position. */
  fsRoutes(path = "*"): this {
    return this.#add({ kind: "files", prefix: path });
  }

  /** Sets the wrapper of all pages. */
  appWrapper(component: PageComponent<State>): this {
    return this.#add({ kind: "wrapper", component });
  }

  /** Sets a layout for the pages below a path. */
  layout(path: string, component: PageComponent<State>, config: LayoutConfig = {}): this {
    return this.#add({ kind: "layout", scope: pathScope(path), component, config });
  }

  /** Sets the page for 404. */
  notFound(page: ErrorPage<State>): this {
    return this.#add({ kind: "notFound", page });
  }

  /** Sets the error page below a path. */
  onError(path: string, page: ErrorPage<State>): this {
    return this.#add({ kind: "error", scope: pathScope(path), page });
  }

  /** Adds another app's registrations below the path joined with that app's base path. */
  mountApp(path: string, app: App<State>): this {
    const prefix = joinPattern(path, app.config.basePath || "/");
    for (const item of app.#items) this.#add(below(prefix, item));
    return this;
  }

  /** Compiled request handler. It never rejects. */
  handler(): Handler {
    return this.#handler ??= this.#compile();
  }

  /** Serves the app; resolves once it listens. */
  listen(options: ListenOptions = {}): Promise<void> {
    return listen(this.handler(), options);
  }

  #compile(): Handler {
    const items = this.#items.flatMap((item) =>
      item.kind === "files"
        ? fileRegistrations<State>(this.#build?.routes ?? [], item.prefix)
        : [item]
    );
    const app = { config: this.config, build: this.#build };
    return makeHandler(app, compile(items, this.config.basePath));
  }

  #add(item: Registration<State>): this {
    this.#items.push(item);
    this.#handler = null;
    return this;
  }

  #method(methods: readonly Method[], path: string, fns: MaybeLazyMiddleware<State>[]): this {
    const answer = fns.at(-1);
    if (answer === undefined) throw new TypeError(`${path} has no handler`);
    return this.#add({
      kind: "route",
      pattern: path,
      folder: null,
      name: path,
      component: null,
      handler: Object.fromEntries(methods.map((method) => [method, answer])),
      middlewares: fns.slice(0, -1),
      config: {},
    });
  }
}
