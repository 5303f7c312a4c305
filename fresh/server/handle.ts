import { HttpError } from "../runtime/http_error.ts";
import type { CompiledApp } from "./routing/compile.ts";
import { type AppContext, type Endpoint, RequestContext } from "./context.ts";
import { defaultAnswer, explainAtRoot } from "./errors.ts";
import { type RequestPath, requestPath } from "./path.ts";

/** Request handler; its promise never rejects. */
export type Handler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

const LOCALHOST: Deno.NetAddr = { transport: "tcp", hostname: "localhost", port: 80 };
const STAND_IN: Deno.ServeHandlerInfo = { remoteAddr: LOCALHOST, completed: Promise.resolve() };
const NO_PARAMS: Readonly<Record<string, string>> = {};

/** Creates the handler of a compiled app. */
export function makeHandler<State>(app: AppContext, compiled: CompiledApp<State>): Handler {
  return async (req, info = STAND_IN) => {
    try {
      const path = requestPath(req.url);
      // `Request` upper-cases only common methods; `patch` keeps its case.
      const { endpoint, params } = route(compiled, req.method.toUpperCase(), path);
      const ctx = new RequestContext(app, req, info, path, endpoint, params);
      let res: Response;
      try {
        res = await ctx.next();
      } catch (error) {
        res = await explainAtRoot(ctx, error, endpoint.rootErrors);
      }
      return await finish(ctx, res);
    } catch (error) {
      return defaultAnswer(error);
    }
  };
}

interface Routed<State> {
  endpoint: Endpoint<State>;
  params: Record<string, string>;
}

function route<State>(
  { router, fail }: CompiledApp<State>,
  method: string,
  { pathname }: RequestPath,
): Routed<State> {
  try {
    const found = router.find(method, pathname);
    switch (found.kind) {
      case "route":
        return { endpoint: found.route, params: found.params };
      case "method":
        return { endpoint: otherMethod(fail, method, found.allowed), params: { ...NO_PARAMS } };
      case "none":
        return { endpoint: fail(new HttpError(404)), params: { ...NO_PARAMS } };
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { endpoint: fail(error), params: { ...NO_PARAMS } };
  }
}

function otherMethod<State>(
  fail: CompiledApp<State>["fail"],
  method: string,
  allowed: string[],
): Endpoint<State> {
  const allow = allowed.join(", ");
  const failing = fail(new HttpError(405));
  const chain = [...failing.chain];
  const answer = chain.pop();
  chain.push((ctx) => {
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
    ctx.finally((headers) => headers.set("allow", allow));
    return answer?.(ctx) ?? new Response(null, { status: 405 });
  });
  return { ...failing, chain };
}

async function finish<State>(ctx: RequestContext<State>, res: Response): Promise<Response> {
  if (ctx.finishers !== null) {
    try {
      for (const finisher of ctx.finishers) finisher(res.headers, ctx);
    } catch (error) {
      // Headers of fetch() and Response.redirect() responses are immutable.
      if (!(error instanceof TypeError)) throw error;
      res = new Response(res.body, res);
      for (const finisher of ctx.finishers) finisher(res.headers, ctx);
    }
  }
  if (ctx.isExplained && ctx.build?.dev) {
    res = await ctx.build.dev.explain(ctx.error, ctx.req, res);
  }
  // The server sends HEAD no body, but the length and the encoding that GET has.
  return res;
}
