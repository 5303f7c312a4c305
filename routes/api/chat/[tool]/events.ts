import { parseCursor, START_CURSOR } from "@/lib/chat/rules/turn_events.ts";
import { define } from "@/lib/web/define.ts";
import { eventStream } from "@/lib/web/edge/stream.ts";
import { streamOptions, visit } from "@/lib/web/visit.ts";

/**
 * Server-sent events of the visitor's conversation.
 * They start at the page's cursor or the last received event: a reconnection misses none.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { services } = ctx.state;
    const tool = await services.pages.tool(ctx.params.tool ?? "");
    const visitor = visit(ctx).id;
    const from = ctx.req.headers.get("last-event-id") ?? ctx.url.searchParams.get("after") ?? "";
    const cursor = parseCursor(from) ?? START_CURSOR;
    return eventStream(
      (wake) => services.follow(visitor, tool.id, cursor, wake),
      streamOptions(ctx, visitor),
    );
  },
});
