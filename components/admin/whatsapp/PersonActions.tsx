import type { PersonView } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";

interface PersonActionsProps {
  view: PersonView;
  token: string;
  path: string;
}

/** Actions: handoff, block, archive the conversation, show the number. */
export function PersonActions({ view, token, path }: PersonActionsProps) {
  const { row: { takenOver, blocked, number }, fullNumber, hours, silenced } = view;
  return (
    <>
      {takenOver
        ? (
          <AdminForm token={token} action={path}>
            <button class="btn pri" name="action" value="hand-back" type="submit">
              Hand back to the bot
            </button>
          </AdminForm>
        )
        // A handoff lets the administrator read along, which the person must be told.
        : silenced === null && (
          <AdminForm token={token} action={path} class="acts take-over">
            <label class="sr" for="hours">For how long</label>
            <select id="hours" name="hours" class="btn">
              {hours.map((each) => (
                <option key={each} value={each}>{each === 1 ? "1 hour" : `${each} hours`}</option>
              ))}
            </select>
            <button class="btn pri" name="action" value="take-over" type="submit">
              Take over
            </button>
          </AdminForm>
        )}
      {fullNumber === null && (
        <AdminForm token={token} action={path}>
          <button class="btn" name="action" value="show-number" type="submit">
            Show the number
          </button>
        </AdminForm>
      )}
      <details class="menu">
        <summary class="icon-btn">
          <AdminIcon name="dots" />
          <span class="sr">More for {number}</span>
        </summary>
        <AdminForm token={token} action={path}>
          <ul>
            <li class="of">{number}</li>
            <li>
              <button name="action" value="expire" type="submit">
                <AdminIcon name="plus" />
                Start afresh
              </button>
            </li>
            <li class="rule" aria-hidden="true" />
            <li>
              <button name="action" value={blocked ? "unblock" : "block"} type="submit">
                <AdminIcon name="hand" />
                {blocked ? "Unblock" : "Block"}
              </button>
            </li>
          </ul>
        </AdminForm>
      </details>
    </>
  );
}
