import {
  draftAwayText,
  EXPERIMENT_LIST,
  rowMeta,
  toolAwayText,
} from "../../../lib/locales/admin/experiments/heads.ts";
import { PLAN } from "../../../lib/locales/admin/experiments/plan.ts";
import type { ExperimentHead, ToolPlace } from "../../../lib/shared/views/experiment_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";

export interface PlanWithoutToolPageProps {
  token: string;
  head: ExperimentHead;
}

/** A draft whose tool is in the bin or deleted: it can be deleted, or its tool taken back. */
export function PlanWithoutToolPage({ token, head }: PlanWithoutToolPageProps) {
  const { name, tool: { place } } = head;
  return (
    <AdminPage
      title={name}
      parent={{ href: "/admin/experiments", label: EXPERIMENT_LIST.title }}
      marks={<span class="chip">Draft</span>}
      lead={<bdi>{rowMeta(head, null)}</bdi>}
    >
      <div class="stack">
        <ToolAway place={place} />
        <section class="panel pad stack">
          <p>{draftAwayText(place)}</p>
          <AdminForm token={token} class="acts">
            <button class="btn" name="action" value="remove" type="submit">{PLAN.remove}</button>
          </AdminForm>
        </section>
      </div>
    </AdminPage>
  );
}

/** Says where a tool is that is not among the tools. */
export function ToolAway({ place }: { place: ToolPlace }) {
  return (
    <p class="alert">
      <AdminIcon name="alert" />
      <span class="g">
        {toolAwayText(place)}{" "}
        {place === "bin" && <a href="/admin/tools/bin">{EXPERIMENT_LIST.toBin}</a>}
      </span>
    </p>
  );
}
