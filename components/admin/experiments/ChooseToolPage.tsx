import { EXPERIMENT_LIST } from "../../../lib/locales/admin/experiments/heads.ts";
import { PLAN } from "../../../lib/locales/admin/experiments/plan.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";

interface ChooseToolPageProps {
  tools: readonly { id: string; name: string; icon: string; description: string }[];
}

/** The tool that a new experiment is about. */
export function ChooseToolPage({ tools }: ChooseToolPageProps) {
  return (
    <AdminPage
      title={PLAN.title}
      parent={{ href: "/admin/experiments", label: EXPERIMENT_LIST.title }}
      lead={tools.length === 0 ? PLAN.noTools : PLAN.chooseTool}
    >
      {tools.length > 0 && (
        <ul class="panel rows">
          {tools.map(({ id, name, icon, description }) => (
            <li key={id}>
              <a class="row" href={`/admin/experiments/new?tool=${id}`}>
                <span class="tool-icon" aria-hidden="true">{icon}</span>
                <span class="g">
                  <b dir="auto">{name}</b>
                  <span class="meta" dir="auto">{description}</span>
                </span>
                <AdminIcon name="next" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </AdminPage>
  );
}
