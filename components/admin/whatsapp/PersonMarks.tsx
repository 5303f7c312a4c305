import type { PersonRow } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";

/** Tags of a person: handoff, problems, link. */
export function PersonMarks({ row, timeZone }: { row: PersonRow; timeZone: string }) {
  const { takenOver, blocked, optedOut, linked, simulated, waiting, failed, unknown } = row;
  return (
    <p class="acts">
      {failed > 0 && <span class="chip bad">{count(failed)} not delivered</span>}
      {unknown > 0 && <span class="chip warn">{count(unknown)} not known</span>}
      {waiting > 0 && <span class="chip">{count(waiting)} waiting</span>}
      {blocked && <span class="chip bad">Blocked</span>}
      {optedOut && <span class="chip warn">Opted out</span>}
      {takenOver
        ? (
          <span class="chip warn">
            <span>
              <bdi>{takenOver.by}</bdi> answers until{" "}
              <When at={takenOver.until} timeZone={timeZone} />
            </span>
          </span>
        )
        : !blocked && !optedOut && <span class="chip good">Bot</span>}
      {linked && <span class="chip acc">Linked with the web</span>}
      {simulated && <span class="chip">Simulated</span>}
    </p>
  );
}
