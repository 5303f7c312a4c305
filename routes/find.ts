import { toolTint } from "@/components/tools/ToolIcon.tsx";
import { OWN_PALETTE } from "@/lib/locales/own/palette.ts";
import { define } from "@/lib/web/define.ts";
import { paletteItems } from "@/lib/web/own/palette_items.ts";

/** Tools and the visitor's conversations as JSON, for the list that opens over a page. */
export const handler = define.handlers({
  async GET(ctx) {
    const q = ctx.url.searchParams.get("q") ?? "";
    const items = await paletteItems(ctx, q);
    return Response.json({
      items: items.map((item) => ({ ...item, tint: toolTint(item.tool) })),
      ...(q === "" ? { texts: OWN_PALETTE[ctx.state.texts.language] } : {}),
    }, { headers: { "cache-control": "no-store" } });
  },
});
