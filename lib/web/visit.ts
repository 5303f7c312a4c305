import { currentLimits } from "../limits/limits_in_force.ts";
import type { Context, MiddlewareFn } from "fresh";
import type { RateLimitKey } from "../chat/turn/begin_turn.ts";
import type { State } from "./define.ts";
import type { AdmitStream } from "./edge/open_streams.ts";
import type { Services } from "../services.ts";
import { type Visitor, VisitorCookies } from "./session.ts";

/**
 * Finds out who is visiting, which costs a look into the store for cookies of earlier
 * versions only, and gives the browser the cookie of whoever was new to it.
 */
export function recogniser({ visitorSecret, deps: { clock } }: Services): MiddlewareFn<State> {
  let signed: { secret: string; cookies: VisitorCookies } | null = null;
  return async (ctx) => {
    const secret = await visitorSecret();
    if (signed?.secret !== secret) signed = { secret, cookies: new VisitorCookies(secret, clock) };
    ctx.state.cookies = signed.cookies;
    return await recognise(ctx);
  };
}

const recognise: MiddlewareFn<State> = async (ctx) => {
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
    // Redirects have headers that cannot be changed.
    const copy = new Response(response.body, response);
    copy.headers.append("set-cookie", cookie);
    return copy;
  }
};

/** Who is visiting: whom we know, or somebody new, whose browser then gets a cookie. */
export function visit({ state }: Context<State>): Visitor {
  return state.visitor ??= state.cookies.fresh(state.secure);
}

/** The limit that a web message counts against: so many a minute and address. */
export function chatRateLimitKey(ctx: Context<State>): RateLimitKey {
  const { services } = ctx.state;
  return {
    kind: "chat",
    address: limitAddress(ctx),
    rate: currentLimits(services.deps).chat,
  };
}

/** A place for an event stream of somebody's. */
export function streamAdmission(ctx: Context<State>, visitor: string): AdmitStream {
  return ctx.state.streams.admit({ visitor, address: limitAddress(ctx) });
}

/** The address that limits count. */
export function limitAddress(ctx: Context<State>): string {
  return ctx.state.addresses.of(ctx.req.headers, peerOf(ctx.info.remoteAddr));
}

function peerOf(address: Deno.Addr): string {
  return "hostname" in address ? address.hostname : "local";
}
