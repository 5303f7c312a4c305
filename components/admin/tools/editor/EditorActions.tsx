import { EXPERIMENT_LIST } from "../../../../lib/locales/admin/experiments/heads.ts";
import { AdminForm } from "../../AdminForm.tsx";
import { AdminIcon } from "../../AdminIcon.tsx";
import { MenuLink } from "../../MenuEntries.tsx";

interface EditorActionsProps {
  id: string;
  name: string;
  token: string;
}

/** Links and actions beside a tool's name. */
export function EditorActions({ id, name, token }: EditorActionsProps) {
  return (
    <>
      <a class="btn" href={`/admin/tools/${id}/versions`}>History</a>
      <a class="btn" href={`/chat/${id}`}>Open chat</a>
      <details class="menu">
        <summary class="icon-btn">
          <AdminIcon name="dots" />
          <span class="sr">More for {name}</span>
        </summary>
        <AdminForm token={token} action="/admin/tools">
          <input type="hidden" name="id" value={id} />
          <ul>
            <li class="of">{name}</li>
            <li>
              <button name="action" value="duplicate" type="submit">
                <AdminIcon name="copy" />
                Duplicate
              </button>
            </li>
            <MenuLink href={`/admin/experiments/new?tool=${id}`} icon="flask">
              {EXPERIMENT_LIST.start}
            </MenuLink>
            <li>
              <a href={`/admin/tools/export?id=${id}`}>
                <AdminIcon name="download" />
                Export
              </a>
            </li>
            <li class="rule" aria-hidden="true" />
            <li>
              <button name="action" value="delete" type="submit">
                <AdminIcon name="trash" />
                Move to bin
              </button>
            </li>
          </ul>
        </AdminForm>
      </details>
    </>
  );
}
