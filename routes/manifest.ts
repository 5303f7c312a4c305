import { cachedAs } from "@/lib/web/brand.ts";
import { define } from "@/lib/web/define.ts";

const GROUND = "#fbfaf8";
/** Smallest side of a picture that browsers install a page with. */
const LEAST_ICON = 192;

const png = (size: number) => ({
  src: `/icon-${size}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
});
/** As in static/manifest.webmanifest. */
const ICONS = [
  png(192),
  png(512),
  { ...png(512), src: "/icon-maskable-512.png", purpose: "maskable" },
];

/** Web app manifest, once the organisation has a name or logo. */
export const handler = define.handlers({
  GET(ctx) {
    const { version, organisation: { name, logo } } = ctx.state.services.settings.current;
    const icons = logo === null ? ICONS : [
      {
        src: `/logo?v=${logo.version}`,
        sizes: `${logo.width}x${logo.height}`,
        type: logo.type,
      },
      ...(Math.min(logo.width, logo.height) < LEAST_ICON ? ICONS : []),
    ];
    const manifest = {
      id: "/",
      name,
      short_name: name,
      start_url: "/",
      scope: "/",
      display: "standalone",
      background_color: GROUND,
      theme_color: GROUND,
      icons,
    };
    return Response.json(manifest, {
      headers: {
        "content-type": "application/manifest+json",
        "cache-control": cachedAs(ctx.url, String(version)),
      },
    });
  },
});
