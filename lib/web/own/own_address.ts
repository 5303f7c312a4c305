import type { Context } from "fresh";
import type { State } from "../define.ts";

/** A path of this server as an address for other devices and people. */
export function ownAddress({ state, url }: Context<State>, path: string): string {
  const origin = state.services.deps.config.PUBLIC_URL ?? url.origin;
  return origin.replace(/\/$/, "") + path;
}
