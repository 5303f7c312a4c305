import { VERSION } from "@/lib/services.ts";
import { define } from "@/lib/web/define.ts";
import { openApiDocument } from "@/lib/web/openapi/document.ts";

export const config = { routeOverride: "/api/openapi.json" };

/** Description of the API by OpenAPI 3.1. */
export const handler = define.handlers({
  GET(ctx) {
    return Response.json(openApiDocument(ctx.state.organisation, VERSION), {
      headers: { "cache-control": "no-cache" },
    });
  },
});
