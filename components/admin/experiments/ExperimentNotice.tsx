import { RUNNING_NOTICE } from "../../../lib/locales/admin/experiments/heads.ts";
import { AdminIcon } from "../AdminIcon.tsx";

/** Word in a tool's editor about its running experiment. */
export function ExperimentNotice({ id, name }: { id: string; name: string }) {
  return (
    <p class="alert calm">
      <AdminIcon name="flask" />
      <span class="g">
        <a href={`/admin/experiments/${id}`} dir="auto">{name}</a> {RUNNING_NOTICE}
      </span>
    </p>
  );
}
