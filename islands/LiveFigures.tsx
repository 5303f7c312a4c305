import { LiveNote } from "../components/admin/costs/LiveNote.tsx";

/** Keeps the figures of the overview up to date. */
export function LiveFigures() {
  return <LiveNote />;
}
