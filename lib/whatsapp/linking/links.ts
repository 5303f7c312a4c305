import type { WhatsAppDeps } from "../deps.ts";
import { LinkCodes } from "./link_codes.ts";
import { LinkJoiner } from "./link_join.ts";
import { PhoneLinks } from "./phone_links.ts";
import { WebLinks } from "./web_links.ts";

/** Linking from both sides. */
export function createLinks(deps: WhatsAppDeps): { phone: PhoneLinks; web: WebLinks } {
  const codes = new LinkCodes(deps.config.TWILIO_AUTH_TOKEN);
  const joiner = new LinkJoiner(deps);
  return {
    phone: new PhoneLinks(deps, codes, joiner),
    web: new WebLinks(deps, codes, joiner),
  };
}
