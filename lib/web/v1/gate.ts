import type { Context } from "fresh";
import type { Caller } from "../../api/key_check.ts";
import { rateOf } from "../../api/key_check.ts";
import type { RateDecision } from "../../limits/rules/rate.ts";
import { codeOf } from "../errors.ts";
import { noteError } from "../edge/request_record.ts";
import { BodiesUnderWay } from "../edge/bodies_under_way.ts";
import type { State } from "../define.ts";
import { readerOf } from "../reader.ts";
import { limitAddress } from "../visit.ts";
import { apiErrorResponse } from "./api_errors.ts";
import { admittedFields } from "./rate_fields.ts";

/** Size limit of a request: its pictures come in base64. */
export const API_BODY_BYTES = 4 << 20;
/** Bodies of programs with a key, apart from visitors' so that neither evicts the other's. */
export const API_BODIES = new BodiesUnderWay({
  bytes: 32 << 20,
  idleMs: 10_000,
  bytesPerSecond: 16 << 10,
});

/** What browsers of a listed origin may read of an answer. */
const EXPOSED =
  "x-request-id, openai-processing-ms, retry-after, x-should-retry, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests";
const PREFLIGHT_SECONDS = "600";

/** Whether a path belongs to the programs' API: keys instead of cookies, errors as OpenAI's. */
export function isApiPath(path: string): boolean {
  return path === "/v1" || path.startsWith("/v1/");
}

/** The caller of a request by its key. */
export function callerOf(ctx: Context<State>): Promise<Caller> {
  const { api } = ctx.state.services;
  return api.keyCheck.caller(ctx.req.headers.get("authorization"), limitAddress(ctx));
}

/** Adds what clients read of a request that was admitted. */
export function withAnswerFields(
  response: Response,
  ctx: Context<State>,
  { key }: Caller,
  rate: RateDecision,
  began: number,
): Response {
  const fields = admittedFields(rateOf(key), rate, ctx.state.services.deps.clock());
  for (const [name, value] of fields) response.headers.set(name, value);
  response.headers.set("openai-processing-ms", String(Math.round(performance.now() - began)));
  return response;
}

/** Runs a request of the API: errors in OpenAI's form, CORS for listed origins. */
export async function throughGate(ctx: Context<State>): Promise<Response> {
  const { config, log } = ctx.state.services.deps;
  const origin = ctx.req.headers.get("origin");
  const listed = origin !== null && config.API_ALLOWED_ORIGINS.includes(origin);
  const asks = ctx.req.headers.get("access-control-request-method");
  if (listed && ctx.req.method === "OPTIONS" && asks !== null) return preflight(ctx.req, origin);
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    noteError(ctx.req, codeOf(error));
    response = apiErrorResponse(error, readerOf(ctx));
    if (response.status === 500) {
      log("error", "The API failed", {
        path: ctx.route,
        error: error instanceof Error ? error.message : typeof error,
      });
    }
  }
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  if (config.API_ALLOWED_ORIGINS.length > 0) response.headers.append("vary", "origin");
  if (listed) {
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set("access-control-expose-headers", EXPOSED);
  }
  return response;
}

function preflight(request: Request, origin: string): Response {
  const wanted = request.headers.get("access-control-request-headers") ?? "";
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
      "access-control-allow-headers": /^[\w, -]{1,1000}$/.test(wanted)
        ? wanted
        : "authorization, content-type",
      "access-control-max-age": PREFLIGHT_SECONDS,
      vary: "origin, access-control-request-headers",
    },
  });
}
