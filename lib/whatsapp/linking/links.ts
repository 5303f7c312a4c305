import type { WhatsAppDeps } from "../deps.ts";
import { LinkCodes } from "./link_codes.ts";
import { LinkWriter } from "./link_writer.ts";
import { PhoneLinks } from "./phone_links.ts";
import { WebLinks } from "./web_links.ts";

/** Linking for phones and for web pages. */
export function createLinks(deps: WhatsAppDeps): { phone: PhoneLinks; web: WebLinks } {
  const codes = new LinkCodes(deps.config.TWILIO_AUTH_TOKEN);
  const links = new LinkWriter(deps);
  return {
    phone: new PhoneLinks(deps, codes, links),
    web: new WebLinks(deps, codes, links),
  };
}
