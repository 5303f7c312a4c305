import type { Context } from "fresh";
import { AppError } from "../platform/errors.ts";
import type { SignedRequest, WebhookRefusal } from "../whatsapp/twilio/webhook.ts";
import { readText } from "./edge/body.ts";
import type { State } from "./define.ts";

/** Far more than Twilio sends. */
const BODY_BYTES = 64 * 1024;

/**
 * Answers a request of Twilio's at once with an empty TwiML: text of any other type would reach the
 * person. The signature covers PUBLIC_URL and the called path, one of `paths`.
 * @throws {AppError} `denied` when the signature is wrong, `missing` while WhatsApp is off.
 */
export async function fromTwilio(
  ctx: Context<State>,
  paths: readonly string[],
  take: (request: SignedRequest) => Promise<"taken" | "off" | WebhookRefusal>,
): Promise<Response> {
  const { headers } = ctx.req;
  // Reads no message that could not be accepted.
  if (!ctx.state.services.whatsapp.status().on) {
    throw new AppError("missing", { code: "whatsapp.off" });
  }
  const body = await readText(ctx.req, BODY_BYTES);
  const { PUBLIC_URL: publicUrl = "" } = ctx.state.services.deps.config;
  let outcome: Awaited<ReturnType<typeof take>> = "signature";
  for (const path of paths) {
    outcome = await take({
      body,
      contentType: headers.get("content-type"),
      signature: headers.get("x-twilio-signature"),
      url: `${publicUrl}${path}${ctx.url.search}`,
    });
    if (outcome !== "signature") break;
  }
  if (outcome !== "taken") throw new AppError("denied", { code: "whatsapp.not_twilio" });
  return new Response("<Response/>", {
    headers: { "content-type": "text/xml", "cache-control": "no-store" },
  });
}
