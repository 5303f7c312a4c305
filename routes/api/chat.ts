import type { Context } from "fresh";
import { START_CURSOR } from "@/lib/chat/rules/turn_events.ts";
import { TurnFeed } from "@/lib/chat/feed.ts";
import { startWithAttachments } from "@/lib/chat/attachments.ts";
import type { StartedTurn } from "@/lib/chat/chat.ts";
import { MESSAGE_BODY_BYTES, readJson } from "@/lib/web/edge/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemResponse } from "@/lib/web/errors.ts";
import { rateHeaders, refusedHeaders } from "@/lib/web/edge/limits.ts";
import { eventStream } from "@/lib/web/edge/stream.ts";
import { parseTurn } from "@/lib/web/turn_request.ts";
import { chatRateLimitKey, streamOptions, visit } from "@/lib/web/visit.ts";

/** Begins a turn; streams its events, or returns its id (202) to clients that accept only JSON. */
export const handler = define.handlers({
  async POST(ctx) {
    const { services } = ctx.state;
    const rateLimitKey = chatRateLimitKey(ctx);
    const { attachments, ...asked } = parseTurn(await readJson(ctx.req, MESSAGE_BODY_BYTES));
    const visitor = visit(ctx);
    const headers: [string, string][] = [];
    let begun: StartedTurn;
    try {
      begun = await startWithAttachments(
        services,
        {
          ...asked,
          visitor: visitor.id,
          channel: "web",
          rateLimitKey,
          address: rateLimitKey.address,
          isNewVisitor: visitor.isNew,
        },
        attachments,
        ctx.req.signal,
      );
    } catch (error) {
      const response = problemResponse(error, ctx);
      for (const [name, value] of refusedHeaders("chat", rateLimitKey.rate, error)) {
        response.headers.set(name, value);
      }
      return response;
    }
    if (begun.rate) {
      headers.push(...rateHeaders("chat", rateLimitKey.rate, begun.rate, services.deps.clock()));
    }
    return wantsJson(ctx)
      ? accepted(begun, headers)
      : streamed(ctx, visitor.id, asked.tool, begun, headers);
  },
});

function wantsJson(ctx: Context<State>): boolean {
  const accept = ctx.req.headers.get("accept") ?? "";
  return accept.includes("application/json") && !accept.includes("text/event-stream");
}

function accepted(begun: StartedTurn, headers: [string, string][]): Response {
  return Response.json({ turnId: begun.turn }, { status: 202, headers });
}

function streamed(
  ctx: Context<State>,
  visitor: string,
  tool: string,
  begun: StartedTurn,
  headers: [string, string][],
): Response {
  const { live } = begun;
  const options = { ...streamOptions(ctx, visitor), headers };
  if (live) return eventStream((wake) => new TurnFeed(live, START_CURSOR, wake), options);
  // A repeated request id: replay its turn from the beginning.
  const { services } = ctx.state;
  return eventStream(
    (wake) => services.followTurn({ visitor, tool, turn: begun.turn }, wake),
    options,
  );
}
