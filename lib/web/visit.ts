import type { Context } from "fresh";
import type { Meter } from "../services/begin_turn.ts";
import { limitsOf } from "../services/settings_in_force.ts";
import type { State } from "./define.ts";
import type { Seat } from "./open_streams.ts";
import { type Visitor, visitorOf } from "./session.ts";

/** Who is visiting; a new one gets a cookie that the answer must set. */
export function visit(ctx: Context<State>): Visitor {
  const { secure, services } = ctx.state;
  return visitorOf(ctx.req.headers.get("cookie"), secure, services.deps.clock);
}

/** The limit that a web message counts against: so many a minute and address. */
export function chatMeter(ctx: Context<State>): Meter {
  const { services } = ctx.state;
  return {
    kind: "chat",
    address: addressOf(ctx),
    rate: limitsOf(services.deps).chat,
  };
}

/** A place for an event stream of somebody's. */
export function seatOf(ctx: Context<State>, visitor: string): Seat {
  return ctx.state.streams.seat({ visitor, address: addressOf(ctx) });
}

/** The address that limits count. */
export function addressOf(ctx: Context<State>): string {
  return ctx.state.addresses.of(ctx.req.headers, peerOf(ctx.info.remoteAddr));
}

function peerOf(address: Deno.Addr): string {
  return "hostname" in address ? address.hostname : "local";
}
