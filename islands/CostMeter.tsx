import type { CostDetailsProps } from "../components/CostDetails.tsx";
import { CostDetails } from "../components/CostDetails.tsx";

/** To be imported from Chat.tsx instead; then this file can go. */
export function CostMeter(props: CostDetailsProps) {
  return <CostDetails {...props} />;
}
