import { page } from "fresh";
import { ChoicesPage } from "@/components/own/ChoicesPage.tsx";
import { choiceCookies, choicesIn, choicesOf } from "@/lib/web/language/choices.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  /** Language, theme and voice of this browser. */
  GET(ctx) {
    const { provider } = ctx.state.services.deps;
    return page({
      choices: choicesIn(ctx.req.headers),
      speaks: ctx.state.services.voiceNotes.isAvailable,
      saved: ctx.url.searchParams.has("saved"),
      simulated: provider.simulated,
    }, { headers: { "cache-control": "no-store" } });
  },
  async POST(ctx) {
    const choices = choicesOf(await readForm(ctx.req, CHAT_BODY_BYTES));
    const headers = new Headers({ location: "/settings?saved" });
    for (const cookie of choiceCookies(choices, ctx.state.secure)) {
      headers.append("set-cookie", cookie);
    }
    return new Response(null, { status: 303, headers });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <ChoicesPage organisation={state.organisation} {...data} />
));
