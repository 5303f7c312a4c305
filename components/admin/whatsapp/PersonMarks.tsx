import type { PersonRow } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";

/** Tags of a person: handoff, problems, link. */
export function PersonMarks({ row, timeZone }: { row: PersonRow; timeZone: string }) {
  const { takenOver, blocked, optedOut, linked, simulated, waiting, failed, unknown } = row;
  return (
    <p class="marks">
      {failed > 0 && <span class="tag bad">{count(failed)} not delivered</span>}
      {unknown > 0 && <span class="tag warn">{count(unknown)} not known</span>}
      {waiting > 0 && <span class="tag plain">{count(waiting)} waiting</span>}
      {blocked && <span class="tag bad">Blocked</span>}
      {optedOut && <span class="tag warn">Opted out</span>}
      {takenOver
        ? (
          <span class="tag warn">
            <bdi>{takenOver.by}</bdi> answers until{" "}
            <When at={takenOver.until} timeZone={timeZone} />
          </span>
        )
        : !blocked && !optedOut && <span class="tag good">Bot</span>}
      {linked && <span class="tag">Linked with the web</span>}
      {simulated && <span class="tag plain">Simulated</span>}
    </p>
  );
}
