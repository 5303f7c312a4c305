import { currentLimits } from "../limits/limits_in_force.ts";
import type { Context, MiddlewareFn } from "fresh";
import type { RateLimitKey } from "../chat/turn/begin_turn.ts";
import type { State } from "./define.ts";
import type { StreamOptions } from "./edge/stream.ts";
import { takesGzip } from "./edge/stream_encoder.ts";
import type { Services } from "../service_types.ts";
import { AppError } from "../platform/errors.ts";
import { furtherDeviceCookie, sentDevice } from "./device_cookie.ts";
import { problemResponse } from "./errors.ts";
import { forgettingHeaders, isForgetting } from "./own/forgetting.ts";
import { type Visitor, VisitorCookies } from "./session.ts";

/** Identifies the visitor; reads the store only for further devices and cookies of earlier versions. */
export function identifyVisitor({ visitorSecret, deps: { clock } }: Services): MiddlewareFn<State> {
  let signed: { secret: string; cookies: VisitorCookies } | null = null;
  return async (ctx) => {
    const secret = await visitorSecret();
    if (signed?.secret !== secret) signed = { secret, cookies: new VisitorCookies(secret, clock) };
    ctx.state.cookies = signed.cookies;
    return await identify(ctx);
  };
}

const identify: MiddlewareFn<State> = async (ctx) => {
  const { cookies, secure, services } = ctx.state;
  const claim = cookies.read(ctx.req.headers.get("cookie"), secure);
  const sent = sentDevice(ctx.req.headers.get("cookie"), secure);
  const device = sent && await services.own.devices.of(sent.token);
  if (device?.confirmed) {
    ctx.state.device = device;
    ctx.state.visitor = { id: device.visitor, setCookie: null, isNew: false };
  } else if (claim && (claim.proven || await services.visitors.knows(claim.visitor.id))) {
    ctx.state.visitor = claim.visitor;
  }
  const hasEnded = sent !== null && sent.wasConfirmed && device === null;
  ctx.state.forgets = hasEnded || isForgetting(ctx.req);
  const response = hasEnded && ctx.url.pathname.startsWith("/api/")
    // What the device sends was meant for the conversations of the visitor that it was.
    ? problemResponse(new AppError("denied", { code: "device.ended" }), ctx)
    : await ctx.next();
  const headers: [string, string][] = [];
  if (hasEnded) {
    headers.push(
      ["set-cookie", furtherDeviceCookie(null, secure)],
      ...forgettingHeaders(secure, "later"),
    );
  } else if (sent && !sent.wasConfirmed && device?.confirmed && isReadPage(ctx.req, response)) {
    const cookie = furtherDeviceCookie({ ...sent, wasConfirmed: true }, secure);
    headers.push(["set-cookie", cookie], [OTHER_VISITOR, "1"]);
  }
  const cookie = ctx.state.visitor?.setCookie;
  if (cookie) headers.push(["set-cookie", cookie]);
  return withAdded(response, headers);
};

/** Tells the service worker that the pages that it keeps are those of another visitor. */
const OTHER_VISITOR = "x-other-visitor";

/** A page that the service worker sees; where it runs, browsers tell how they ask. */
function isReadPage({ headers }: Request, { status, headers: answered }: Response): boolean {
  return status === 200 && (headers.get("sec-fetch-mode") ?? "navigate") === "navigate" &&
    (answered.get("content-type")?.startsWith("text/html") ?? false);
}

function withAdded(response: Response, headers: readonly [string, string][]): Response {
  if (headers.length === 0) return response;
  try {
    for (const [name, value] of headers) response.headers.append(name, value);
    return response;
  } catch {
    // Redirects have immutable headers.
    const copy = new Response(response.body, response);
    for (const [name, value] of headers) copy.headers.append(name, value);
    return copy;
  }
}

/** The known visitor, or a new one, whose browser then gets a cookie. */
export function visit({ state }: Context<State>): Visitor {
  return state.visitor ??= state.cookies.fresh(state.secure);
}

/** The rate limit of web messages: per minute and address. */
export function chatRateLimitKey(ctx: Context<State>): RateLimitKey {
  const { services } = ctx.state;
  return {
    kind: "chat",
    address: limitAddress(ctx),
    rate: currentLimits(services.deps).chat,
  };
}

/** Options of a visitor's event stream. */
export function streamOptions(ctx: Context<State>, visitor: string): StreamOptions {
  const { device, services } = ctx.state;
  return {
    ...(device ? { watch: (ended) => services.own.devices.watch(device.id, ended) } : {}),
    admit: ctx.state.streams.admit({ visitor, address: limitAddress(ctx) }),
    gzip: takesGzip(ctx.req),
    language: ctx.state.texts.language,
  };
}

export function limitAddress(ctx: Context<State>): string {
  return ctx.state.addresses.of(ctx.req.headers, peerOf(ctx.info.remoteAddr));
}

function peerOf(address: Deno.Addr): string {
  return "hostname" in address ? address.hostname : "local";
}
