import { useEffect } from "preact/hooks";
import { arrangeable } from "../components/admin/tools/arrangeable.ts";

/** Lets the list of tools be arranged by dragging; the arrows do the same without it. */
export function ToolOrder({ token }: { token: string }) {
  useEffect(() => arrangeable("tool-list", token), []);
  return null;
}
