import type { FunctionComponent, VNode } from "preact";
import type { Build } from "./build.ts";
import { randomNonce } from "./nonce.ts";
import { type RequestPath, requestUrl } from "./path.ts";
import { redirect } from "./redirect.ts";
import { render, type RenderContext, type Surroundings } from "./render/render.ts";
import { streamOf, type StreamSource } from "./stream.ts";
import type { LayoutConfig, Middleware, ResolvedFreshConfig } from "./types.ts";
import { withType } from "./with_type.ts";

/** Changes the headers of the final response, wherever that came from. */
export type Finisher = (headers: Headers, ctx: FinishedContext) => void;

/** What a finisher may ask for. */
export interface FinishedContext {
  readonly nonce: string;
}

/** One link of a chain: a middleware, or at the end what answers. */
export type Step<State> = (
  ctx: RequestContext<State>,
) => Response | Promise<Response> | Promise<Middleware<State>>;

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

/** What all requests of an app share. */
export interface AppContext {
  config: ResolvedFreshConfig;
  build: Build | null;
}

const Nothing: FunctionComponent = () => null;
const DONE = Infinity;

/** The context that handlers see, with what only this package uses. */
export class RequestContext<State> implements RenderContext<State> {
  req: Request;
  error: unknown = null;
  /** An error page answered, and not a middleware that caught the error. */
  isExplained = false;
  readonly data = undefined;
  readonly isPartial = false;
  readonly Component = Nothing;
  readonly config: ResolvedFreshConfig;
  readonly info: Deno.ServeHandlerInfo;
  readonly params: Record<string, string>;
  readonly route: string | null;
  readonly path: RequestPath;
  readonly build: Build | null;
  /** Where `render` puts a page; error pages have their own. */
  surroundings: Surroundings<State>;
  /** Run on the response when all else is done. */
  finishers: Finisher[] | null = null;
  // A state starts empty, whatever its type says: that is how the API is defined.
  readonly state = {} as State;
  readonly #chain: Step<State>[];
  readonly #original: Request;
  #position = -1;
  #url: URL | null = null;
  #nonce = "";

  constructor(
    app: AppContext,
    req: Request,
    info: Deno.ServeHandlerInfo,
    path: RequestPath,
    endpoint: Endpoint<State>,
    params: Record<string, string>,
  ) {
    this.req = req;
    this.#original = req;
    this.info = info;
    this.path = path;
    this.params = params;
    this.config = app.config;
    this.build = app.build;
    this.route = endpoint.pattern;
    this.surroundings = endpoint.surroundings;
    this.#chain = endpoint.chain;
  }

  get url(): URL {
    return this.#url ??= requestUrl(this.#original, this.config.trustProxy);
  }

  /** For inline scripts and styles; empty unless a policy demands one. */
  get nonce(): string {
    return this.#nonce;
  }

  /** Makes a nonce, new for each request. */
  demandNonce(): void {
    if (this.#nonce === "") this.#nonce = randomNonce();
  }

  /** Asks for a last look at the headers of the response. */
  finally(finisher: Finisher): void {
    (this.finishers ??= []).push(finisher);
  }

  async next(): Promise<Response> {
    const position = this.#position + 1;
    const step = this.#chain[position];
    if (step === undefined) throw new Error("ctx.next() was called twice, or with nothing left");
    this.#position = position;
    try {
      const result: unknown = await step(this);
      if (result instanceof Response) return result;
      if (!isMiddleware<State>(result)) return checked(result);
      // A lazy step: from now on it is what it resolved to.
      this.#chain[position] = result;
      return checked(await result(this));
    } catch (error) {
      this.error = error;
      throw error;
    } finally {
      // A second call must not start in the middle of the chain, behind a guard.
      this.#position = DONE;
    }
  }

  render(vnode: VNode | null, init?: ResponseInit, config?: LayoutConfig): Promise<Response> {
    return render(this, vnode, init, config);
  }

  redirect(to: string, status?: number): Response {
    return redirect(to, status);
  }

  text(text: string, init?: ResponseInit): Response {
    return new Response(text, init);
  }

  html(html: string, init?: ResponseInit): Response {
    return withType(html, "text/html; charset=utf-8", init);
  }

  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  stream(source: StreamSource, init?: ResponseInit): Response {
    return new Response(streamOf(source), init);
  }
}

/** Fails for what is no Response. */
export function checked(result: unknown): Response {
  if (result instanceof Response) return result;
  throw new TypeError(`A handler or middleware returned ${typeof result}, not a Response`);
}

function isMiddleware<State>(value: unknown): value is Middleware<State> {
  return typeof value === "function";
}
