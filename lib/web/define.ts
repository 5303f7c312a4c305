import { createDefine, type RouteHandler } from "fresh";
import type { AdminSession } from "../admin/sessions.ts";
import type { Services } from "../services.ts";
import type { PageTexts } from "../locales/page/texts.ts";
import type { BrandView } from "../shared/views/brand_view.ts";
import { otherMethods } from "./edge/allowed_methods.ts";
import type { ClientAddress } from "./edge/client_ip.ts";
import type { OpenStreams } from "./edge/open_streams.ts";
import type { Visitor, VisitorCookies } from "./session.ts";

/** What every request carries. */
export interface State {
  services: Services;
  addresses: ClientAddress;
  streams: OpenStreams;
  /** Set where `recogniser()` stands before. */
  cookies: VisitorCookies;
  /** Who is visiting, as far as that is known; `visit()` makes somebody new of nobody. */
  visitor: Visitor | null;
  /** Whether people reach this server over https. */
  secure: boolean;
  /** Whose page this is, as it calls itself. */
  organisation: string;
  /** Its looks and words, where it set any. */
  brand: BrandView | null;
  /** What its pages say. */
  texts: PageTexts;
  /** Who is signed in; set below /admin only. */
  admin: AdminSession | null;
}

const fresh = createDefine<State>();

/**
 * Fresh's helpers. A route with handlers by method answers every other method itself, so a page
 * needs a GET handler for its component to be shown.
 */
export const define = {
  ...fresh,
  handlers<Handlers extends RouteHandler<unknown, State>>(handlers: Handlers): Handlers {
    if (typeof handlers === "function") return fresh.handlers(handlers);
    return fresh.handlers(Object.assign(otherMethods<State>(handlers), handlers));
  },
};
