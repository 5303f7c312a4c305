import { type Context, csp, csrf, type FreshConfig, type MiddlewareFn, staticFiles } from "fresh";
import { AppError } from "../platform/errors.ts";
import { PAGE_TEXTS } from "../locales/page/languages.ts";
import type { AnsweredRequest } from "../monitoring/monitoring.ts";
import type { Services } from "../service_types.ts";
import { retentionDays } from "../settings/retention_days.ts";
import { brandOf } from "./brand.ts";
import { choicesIn } from "./language/choices.ts";
import { clientAddress } from "./edge/client_ip.ts";
import type { State } from "./define.ts";
import { errorAnswers } from "./error_answers.ts";
import { problemResponse } from "./errors.ts";
import { hostCheck } from "./edge/hosts.ts";
import { isAdminPath, languageOf } from "./language/language.ts";
import { OpenStreams } from "./edge/open_streams.ts";
import { NONCE_POLICY } from "./edge/policy.ts";
import { readerOf } from "./reader.ts";
import { SecureApp } from "./secure_app.ts";
import { noteRoute } from "./edge/request_record.ts";
import { isMalformed } from "./edge/target.ts";
import { apiErrorResponse } from "./v1/api_errors.ts";
import { isApiPath } from "./v1/gate.ts";
import { identifyVisitor } from "./visit.ts";

/** The app with its middlewares, without the file routes. */
export function createApp(services: Services, options?: FreshConfig): SecureApp {
  const { config, log, clock } = services.deps;
  const https = config.PUBLIC_URL?.startsWith("https:") ?? false;
  const ownOrigin = config.PUBLIC_URL === undefined ? null : new URL(config.PUBLIC_URL).origin;
  // Behind a TLS-terminating proxy the server's own address looks like this one, from which an
  // attacker on the network could have sent a page.
  const httpOrigin = https ? ownOrigin?.replace(/^https:/, "http:") : undefined;
  const isOwn = (origin: string, served: string) =>
    origin === ownOrigin || (origin === served && origin !== httpOrigin);
  const addresses = clientAddress(config.TRUSTED_PROXIES);
  const streams = OpenStreams.within(config.MAX_EVENT_STREAMS);

  const prepare: MiddlewareFn<State> = (ctx) => {
    noteRoute(ctx.req, ctx.route);
    ctx.state.services = services;
    ctx.state.texts = PAGE_TEXTS[languageOf(ctx)];
    ctx.state.theme = isAdminPath(ctx.url.pathname) ? null : choicesIn(ctx.req.headers).theme;
    if (services.closed) return restarting(ctx);
    ctx.state.addresses = addresses;
    ctx.state.streams = streams;
    ctx.state.visitor = null;
    ctx.state.device = null;
    ctx.state.forgets = false;
    ctx.state.organisation = services.settings.current.organisation.name;
    ctx.state.brand = brandOf(services.settings.current);
    ctx.state.retentionDays = retentionDays(services.deps);
    ctx.state.admin = null;
    ctx.state.secure = https || ctx.url.protocol === "https:";
    return services.leaving ? lastAnswer(ctx) : ctx.next();
  };
  const answered = (answer: AnsweredRequest) => services.monitoring.answered(answer);
  return new SecureApp({
    log,
    now: clock,
    https,
    hosts: hostCheck(config),
    answered,
    tracer: services.tracer,
  }, options)
    .use(prepare)
    .use(csp({ useNonce: true, csp: NONCE_POLICY }))
    .use(errorAnswers)
    .use(readable)
    .use(staticFiles())
    .use(forPages(csrf({ origin: (origin, ctx) => isOwn(origin, ctx.url.origin) })))
    .use(forPages(identifyVisitor(services)));
}

/** A middleware for visitors only: programs have keys, and neither cookies nor a page. */
function forPages(middleware: MiddlewareFn<State>): MiddlewareFn<State> {
  return (ctx) => isApiPath(ctx.url.pathname) ? ctx.next() : middleware(ctx);
}

/** Refuses malformed addresses before any other middleware reads them. */
const readable: MiddlewareFn<State> = (ctx) => {
  if (!isMalformed(ctx.req)) return ctx.next();
  throw new AppError("invalid", { code: "address.malformed" });
};

/** Answers on a connection that the proxy then uses no more, as this server is about to end. */
async function lastAnswer(ctx: Context<State>): Promise<Response> {
  const { body, status, headers } = await ctx.next();
  const response = new Response(body, { status, headers });
  response.headers.set("connection", "close");
  return response;
}

/** Refuses requests during the shutdown: the next process answers them. */
function restarting(ctx: Context<State>): Response {
  const error = new AppError("unavailable", { code: "server.restarting" }, { retryAfterMs: 5_000 });
  return isApiPath(ctx.url.pathname)
    ? apiErrorResponse(error, readerOf(ctx))
    : problemResponse(error, ctx);
}
