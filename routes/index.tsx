import { page } from "fresh";
import { HomePage } from "@/components/tools/HomePage.tsx";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { homePageData } from "@/lib/web/own/home_page.ts";
import { visit } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await homePageData(ctx), { headers: { "cache-control": "private, no-cache" } });
  },
  /** Adds a tool to the visitor's favourites, or takes it away. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { pages, own } = ctx.state.services;
    const { id } = await pages.tool(form.get("star") ?? form.get("unstar") ?? "");
    await own.favourites.set(visit(ctx).id, id, form.has("star"));
    const q = form.get("q") ?? "";
    const query = q === "" ? "" : `?q=${encodeURIComponent(q)}`;
    return ctx.redirect(`/${query}#star-${id}`, 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <HomePage organisation={state.organisation} {...data} />
));
