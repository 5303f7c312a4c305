import { LiveNote } from "../components/admin/costs/LiveNote.tsx";

/** Polls the overview's figures. */
export function LiveFigures() {
  return <LiveNote />;
}
