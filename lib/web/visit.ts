import { currentLimits } from "../limits/limits_in_force.ts";
import type { Context, MiddlewareFn } from "fresh";
import type { RateLimitKey } from "../chat/turn/begin_turn.ts";
import type { State } from "./define.ts";
import type { AdmitStream } from "./edge/open_streams.ts";
import type { Services } from "../services.ts";
import { type Visitor, VisitorCookies } from "./session.ts";

/** Identifies the visitor; reads the store only for cookies of earlier versions. */
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
  if (claim && (claim.proven || await services.visitors.knows(claim.visitor.id))) {
    ctx.state.visitor = claim.visitor;
  }
  const response = await ctx.next();
  const cookie = ctx.state.visitor?.setCookie;
  if (!cookie) return response;
  try {
    response.headers.append("set-cookie", cookie);
    return response;
  } catch {
    // Redirects have immutable headers.
    const copy = new Response(response.body, response);
    copy.headers.append("set-cookie", cookie);
    return copy;
  }
};

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

/** Admission of a visitor's event stream. */
export function streamAdmission(ctx: Context<State>, visitor: string): AdmitStream {
  return ctx.state.streams.admit({ visitor, address: limitAddress(ctx) });
}

export function limitAddress(ctx: Context<State>): string {
  return ctx.state.addresses.of(ctx.req.headers, peerOf(ctx.info.remoteAddr));
}

function peerOf(address: Deno.Addr): string {
  return "hostname" in address ? address.hostname : "local";
}
