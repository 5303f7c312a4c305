import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The theme chosen by hand, or null for the device's. For pages only, not islands. */
export const ChosenTheme = createContext<"light" | "dark" | null>(null);

export function useChosenTheme(): "light" | "dark" | null {
  return useContext(ChosenTheme);
}
