import { HttpError } from "fresh";
import { themeOf, themeSheet } from "@/lib/settings/rules/colour.ts";
import { cachedAs, themeVersion } from "@/lib/web/brand.ts";
import { themeSchema } from "@/lib/web/language/choices.ts";
import { define } from "@/lib/web/define.ts";

const LOGO_RULE = "img.logo{width:auto;max-width:9rem;object-fit:contain}\n";

/** Branding as a style sheet, since the content policy forbids inline styles. */
export const handler = define.handlers({
  GET(ctx) {
    const settings = ctx.state.services.settings.current;
    const { colour, logo } = settings.organisation;
    if (colour === null && logo === null) throw new HttpError(404);
    const chosen = themeSchema.safeParse(ctx.url.searchParams.get("chosen")).data ?? null;
    const rules = [
      colour === null ? "" : themeSheet(themeOf(colour), chosen),
      logo ? LOGO_RULE : "",
    ];
    return new Response(rules.join(""), {
      headers: {
        "content-type": "text/css; charset=utf-8",
        "cache-control": cachedAs(ctx.url, themeVersion(settings)),
      },
    });
  },
});
