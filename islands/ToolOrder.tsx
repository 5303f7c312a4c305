import { useEffect } from "preact/hooks";
import { arrangeable } from "../components/admin/tools/arrangeable.ts";
import { closingMenus } from "../components/admin/tools/closing_menus.ts";

/** Sorts the tool lists by drag and drop; without it, the menus' entries do. */
export function ToolOrder({ token }: { token: string }) {
  useEffect(() => {
    const ends = [arrangeable(token), closingMenus()];
    return () => ends.forEach((end) => end());
  }, []);
  return null;
}
