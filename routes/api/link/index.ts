import type { Context } from "fresh";
import { maskPhone } from "@/lib/people/rules/phone.ts";
import { linkAddress } from "@/lib/whatsapp/linking/link_view.ts";
import { readJson } from "@/lib/web/edge/body.ts";
import { define, type State } from "@/lib/web/define.ts";
import { problemResponse } from "@/lib/web/errors.ts";
import { LINK_BODY_BYTES, parseAsked } from "@/lib/web/link_request.ts";
import { askerOf, linkingHeaders, linkingOf } from "@/lib/web/linking.ts";

/** Link between the visitor's conversations and WhatsApp. */
export const handler = define.handlers({
  /** Link state, with the masked number. */
  async GET(ctx) {
    const { links } = linkingOf(ctx);
    const { linked } = await links.state(askerOf(ctx).visitor);
    return answer(200, {
      linked: linked && {
        phone: maskPhone(linked.number),
        since: new Date(linked.since).toISOString(),
        mirror: linked.mirror,
      },
    });
  },
  /** Issues a code to send from a phone; with `phone`, sends one there to type on the page. */
  async POST(ctx) {
    linkingOf(ctx);
    const { phone, tool } = parseAsked(await readJson(ctx.req, LINK_BODY_BYTES));
    try {
      return await (phone === null ? shown(ctx, tool) : sent(ctx, phone, tool));
    } catch (error) {
      const response = problemResponse(error, ctx);
      for (const [name, value] of linkingHeaders(ctx, { error })) {
        response.headers.set(name, value);
      }
      return response;
    }
  },
  async DELETE(ctx) {
    const { links } = linkingOf(ctx);
    await ctx.req.body?.cancel();
    await links.unlink(askerOf(ctx).visitor);
    return new Response(null, { status: 204 });
  },
});

async function shown(ctx: Context<State>, tool: string | null): Promise<Response> {
  const { links, number } = linkingOf(ctx);
  const asker = askerOf(ctx);
  const { code, expiresAt, rate } = await links.issue(asker, tool);
  return answer(201, {
    code,
    message: `LINK ${code}`,
    url: linkAddress(number, code),
    expiresAt: new Date(expiresAt).toISOString(),
  }, linkingHeaders(ctx, rate));
}

/** Same response for known and unknown numbers, to reveal neither. */
async function sent(ctx: Context<State>, phone: string, tool: string | null): Promise<Response> {
  const { links } = linkingOf(ctx);
  const asker = askerOf(ctx);
  const { number, expiresAt, rate } = await links.send(asker, phone, tool);
  return answer(202, {
    phone: maskPhone(number),
    detail: ctx.state.texts.link.byNumber.answer,
    expiresAt: new Date(expiresAt).toISOString(),
  }, linkingHeaders(ctx, rate));
}

function answer(status: number, body: unknown, headers: [string, string][] = []): Response {
  return Response.json(body, { status, headers: [["cache-control", "no-store"], ...headers] });
}
