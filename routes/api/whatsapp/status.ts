import { define } from "@/lib/web/define.ts";
import { fromTwilio } from "@/lib/web/twilio_request.ts";

/** Twilio's status callback for sent messages. */
export const handler = define.handlers({
  POST: (ctx) =>
    fromTwilio(
      ctx,
      ["/api/whatsapp/status"],
      (request) => ctx.state.services.whatsapp.callback(request),
    ),
});
