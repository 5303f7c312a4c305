import { define } from "@/lib/web/define.ts";
import { fromTwilio } from "@/lib/web/twilio_request.ts";

/** Twilio's webhook for incoming messages. */
export const handler = define.handlers({
  POST: (ctx) =>
    fromTwilio(
      ctx,
      ["/api/whatsapp", "/.netlify/functions/whatsapp"],
      (request) => ctx.state.services.whatsapp.webhook(request),
    ),
});
