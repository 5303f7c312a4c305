import { LiveNote } from "../components/admin/costs/LiveNote.tsx";

/** Keeps the overview's figures up to date. */
export function LiveFigures() {
  return <LiveNote />;
}
