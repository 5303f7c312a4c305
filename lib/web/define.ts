import { createDefine, type RouteHandler } from "fresh";
import type { AdminSession } from "../admin/sessions.ts";
import type { Services } from "../service_types.ts";
import type { ListedDevice } from "../people/devices.ts";
import type { PageTexts } from "../locales/page/texts.ts";
import type { BrandView } from "../shared/views/brand_view.ts";
import type { ThemeChoice } from "./language/choices.ts";
import { otherMethods } from "./edge/allowed_methods.ts";
import type { ClientAddress } from "./edge/client_ip.ts";
import type { OpenStreams } from "./edge/open_streams.ts";
import type { Visitor, VisitorCookies } from "./session.ts";

export interface State {
  services: Services;
  addresses: ClientAddress;
  streams: OpenStreams;
  /** Set by `identifyVisitor()`. */
  cookies: VisitorCookies;
  /** The known visitor, if any; `visit()` creates a new one. */
  visitor: Visitor | null;
  /** The further device that this browser is; null for a visitor's first one. */
  device: ListedDevice | null;
  /** Whether the page clears what this browser keeps, by its script. */
  forgets: boolean;
  /** Whether the server is reached over https. */
  secure: boolean;
  organisation: string;
  brand: BrandView | null;
  texts: PageTexts;
  /** The theme chosen by hand, on public pages. */
  theme: ThemeChoice | null;
  /** Days for which an idle conversation is kept. */
  retentionDays: number;
  /** The signed-in admin; set below /admin only. */
  admin: AdminSession | null;
}

const fresh = createDefine<State>();

/**
 * Fresh's helpers. A route with handlers by method answers all other methods itself, so a page
 * needs a GET handler for its component to be shown.
 */
export const define = {
  ...fresh,
  handlers<Handlers extends RouteHandler<unknown, State>>(handlers: Handlers): Handlers {
    if (typeof handlers === "function") return fresh.handlers(handlers);
    return fresh.handlers(Object.assign(otherMethods<State>(handlers), handlers));
  },
};
