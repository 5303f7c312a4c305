import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { BrandView } from "../../lib/shared/views/brand_view.ts";

/** The organisation's branding, or null. For pages only, not islands. */
export const Brand = createContext<BrandView | null>(null);

export function useBrand(): BrandView | null {
  return useContext(Brand);
}
