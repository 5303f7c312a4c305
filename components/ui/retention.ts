import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Days for which an idle conversation is kept, or null while unknown. For pages only. */
export const RetentionDays = createContext<number | null>(null);

export function useRetentionDays(): number | null {
  return useContext(RetentionDays);
}
