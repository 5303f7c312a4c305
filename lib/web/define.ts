import { createDefine } from "fresh";
import type { AdminSession } from "../services/admin_sessions.ts";
import type { Services } from "../services/mod.ts";
import type { BrandView } from "../shared/brand_view.ts";
import type { ClientAddress } from "./client_ip.ts";
import type { OpenStreams } from "./open_streams.ts";
import type { Visitor, VisitorCookies } from "./session.ts";

/** What every request carries. */
export interface State {
  services: Services;
  addresses: ClientAddress;
  streams: OpenStreams;
  cookies: VisitorCookies;
  /** Who is visiting, as far as that is known; `visit()` makes somebody new of nobody. */
  visitor: Visitor | null;
  /** Whether people reach this server over https. */
  secure: boolean;
  /** Whose page this is, as it calls itself. */
  organisation: string;
  /** Its looks and words, where it set any. */
  brand: BrandView | null;
  /** Who is signed in; set below /admin only. */
  admin: AdminSession | null;
}

export const define = createDefine<State>();
