import { readJson } from "@/lib/web/edge/body.ts";
import { maskPhone } from "@/lib/people/rules/phone.ts";
import { define } from "@/lib/web/define.ts";
import { problemResponse } from "@/lib/web/errors.ts";
import { LINK_BODY_BYTES, parseVerified } from "@/lib/web/link_request.ts";
import { askerOf, linkingHeaders, linkingOf } from "@/lib/web/linking.ts";

/** Links a phone by the code that was sent to it. */
export const handler = define.handlers({
  async POST(ctx) {
    const { links } = linkingOf(ctx);
    const { code } = parseVerified(await readJson(ctx.req, LINK_BODY_BYTES));
    const asker = askerOf(ctx);
    try {
      const rate = await links.verify(asker, code);
      const { linked } = await links.state(asker.visitor);
      return Response.json(
        { linked: linked && { phone: maskPhone(linked.number), mirror: linked.mirror } },
        { headers: [["cache-control", "no-store"], ...linkingHeaders(ctx, rate)] },
      );
    } catch (error) {
      const response = problemResponse(error, ctx);
      for (const [name, value] of linkingHeaders(ctx, { error })) {
        response.headers.set(name, value);
      }
      return response;
    }
  },
});
