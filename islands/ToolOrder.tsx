import { useEffect } from "preact/hooks";
import { arrangeable } from "../components/admin/tools/arrangeable.ts";

/** Sorts the tool list by drag and drop; without it, arrow buttons do. */
export function ToolOrder({ token }: { token: string }) {
  useEffect(() => arrangeable("tool-list", token), []);
  return null;
}
