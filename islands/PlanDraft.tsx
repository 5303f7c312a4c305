import {
  PlanDraftOffer,
  type PlanDraftOfferProps,
} from "../components/admin/experiments/PlanDraftOffer.tsx";

/** Keeps what is typed in the plan of an experiment until it is saved. */
export function PlanDraft(props: PlanDraftOfferProps) {
  return <PlanDraftOffer {...props} />;
}
