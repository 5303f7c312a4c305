import { page } from "fresh";
import { ExportPage } from "@/components/chat/ExportPage.tsx";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  /** Download page of a person's data on WhatsApp. */
  async GET(ctx) {
    const { whatsapp, deps } = ctx.state.services;
    const pass = ctx.url.searchParams.get("pass") ?? "";
    const opens = await whatsapp.exportOf(pass) !== null;
    return page({ pass: opens ? pass : null, simulated: deps.provider.simulated }, {
      status: opens ? 200 : 404,
      headers: { "cache-control": "no-store", "referrer-policy": "no-referrer" },
    });
  },
  /** Sends the file. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { whatsapp, deps } = ctx.state.services;
    const pieces = await whatsapp.exportOf(form.get("pass") ?? "", ctx.state.texts.language);
    if (pieces === null) {
      return page({ pass: null, simulated: deps.provider.simulated }, { status: 404 });
    }
    return ctx.stream(pieces, {
      headers: {
        "content-type": "text/markdown; charset=utf-8",
        "content-disposition": 'attachment; filename="my-data.md"',
        "cache-control": "no-store",
      },
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <ExportPage organisation={state.organisation} {...data} />
));
