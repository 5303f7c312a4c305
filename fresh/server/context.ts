import type { FunctionComponent, VNode } from "preact";
import type { Build } from "./build.ts";
import { type RequestPath, requestUrl } from "./path.ts";
import { redirect } from "./redirect.ts";
import { render, type RenderContext, type Surroundings } from "./render/render.ts";
import { streamOf, type StreamSource } from "./stream.ts";
import type { LayoutConfig, Middleware, ResolvedFreshConfig } from "./types.ts";
import { withType } from "./with_type.ts";

/** Edits the headers of the final response, whatever produced it. */
type Finisher = (headers: Headers, ctx: FinishedContext) => void;

/** Part of the context that finishers see. */
export interface FinishedContext {
  readonly nonce: string;
}

/** A step of a chain: a middleware, or the final handler. */
export type Step<State> = (
  ctx: RequestContext<State>,
) => Response | Promise<Response> | Promise<Middleware<State>>;

/** An error page and its surroundings. */
export interface ErrorScope<State> {
  page: Step<State> | null;
  notFound: Step<State> | null;
  surroundings: Surroundings<State>;
}

/** A route's compiled chain and surroundings. */
export interface Endpoint<State> {
  pattern: string | null;
  /** Mutable: a lazy step is replaced by its result. */
  chain: Step<State>[];
  surroundings: Surroundings<State>;
  rootErrors: ErrorScope<State>;
}

/** Shared by all requests of an app. */
export interface AppContext {
  config: ResolvedFreshConfig;
  build: Build | null;
}

const Nothing: FunctionComponent = () => null;
const DONE = Infinity;

/** The context of handlers plus the package's internals. */
export class RequestContext<State> implements RenderContext<State> {
  req: Request;
  error: unknown = null;
  /** True if an error page answered, not a middleware that caught the error. */
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
  /** Layouts and wrapper for `render`; error pages have their own. */
  surroundings: Surroundings<State>;
  /** Run last, on the response. */
  finishers: Finisher[] | null = null;
  // The API defines the state as empty at first, whatever its type.
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

  /** Creates this request's nonce. */
  demandNonce(): void {
    if (this.#nonce === "") this.#nonce = randomNonce();
  }

  /** Registers a finisher. */
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
      // A lazy step is replaced by its result.
      this.#chain[position] = result;
      return checked(await result(this));
    } catch (error) {
      this.error = error;
      throw error;
    } finally {
      // A second call must not continue mid-chain, past a guard.
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

/** @throws {TypeError} for anything but a Response. */
export function checked(result: unknown): Response {
  if (result instanceof Response) return result;
  throw new TypeError(`A handler or middleware returned ${typeof result}, not a Response`);
}

function isMiddleware<State>(value: unknown): value is Middleware<State> {
  return typeof value === "function";
}

const NONCE_BYTES = 16;
const noncePool = new Uint8Array(NONCE_BYTES * 256);
let nonceOffset = noncePool.length;

/** 128 random bits as Base64, from a pool: one system call per nonce is slow. */
function randomNonce(): string {
  if (nonceOffset === noncePool.length) {
    crypto.getRandomValues(noncePool);
    nonceOffset = 0;
  }
  nonceOffset += NONCE_BYTES;
  return noncePool.subarray(nonceOffset - NONCE_BYTES, nonceOffset).toBase64();
}
