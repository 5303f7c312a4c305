import type { Context } from "fresh";
import { constantTimeEqual } from "../../platform/constant_time.ts";
import { AppError } from "../../platform/errors.ts";
import { adminCookie } from "./admin_session.ts";
import type { State } from "../define.ts";

/**
 * Whether a request may read the organisation's costs: from a signed-in admin, or with
 * METRICS_TOKEN as its bearer token.
 * @throws {AppError} `unauthenticated` for a wrong token
 */
export async function mayReadCosts(ctx: Context<State>): Promise<boolean> {
  const { deps, admin } = ctx.state.services;
  const [, token] = /^bearer +(\S+)$/i.exec(ctx.req.headers.get("authorization") ?? "") ?? [];
  if (token !== undefined) {
    const { METRICS_TOKEN } = deps.config;
    if (METRICS_TOKEN !== undefined && constantTimeEqual(token, METRICS_TOKEN)) return true;
    throw new AppError("unauthenticated", { code: "token.wrong" });
  }
  const cookie = adminCookie(ctx.req, ctx.state);
  if (admin === null || cookie === null) return false;
  return await admin.sessions.resume(cookie, { byItself: true }) !== null;
}
