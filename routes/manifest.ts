import { cachedAs } from "@/lib/web/brand.ts";
import { define } from "@/lib/web/define.ts";

const GROUND = "#fbfaf8";

/** Web app manifest, once the organisation has a name or logo. */
export const handler = define.handlers({
  GET(ctx) {
    const { version, organisation: { name, logo } } = ctx.state.services.settings.current;
    const icon = logo === null ? { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" } : {
      src: `/logo?v=${logo.version}`,
      sizes: `${logo.width}x${logo.height}`,
      type: logo.type,
    };
    const manifest = {
      name,
      short_name: name,
      start_url: "/",
      display: "standalone",
      background_color: GROUND,
      theme_color: GROUND,
      icons: [icon],
    };
    return Response.json(manifest, {
      headers: {
        "content-type": "application/manifest+json",
        "cache-control": cachedAs(ctx.url, String(version)),
      },
    });
  },
});
