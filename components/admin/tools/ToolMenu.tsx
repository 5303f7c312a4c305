import { EXPERIMENT_LIST } from "../../../lib/locales/admin/experiments/heads.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { MenuAction, MenuLink } from "../MenuEntries.tsx";
import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";

export interface ToolMenuProps {
  tool: ToolRow;
  token: string;
  /** The group that it stands in; null for a tool that people do not see. */
  group: string | null;
  groups: readonly string[];
  /** Whether it can be moved. */
  sortable: boolean;
  /** Whether it is at an end of its part of the list. */
  first: boolean;
  last: boolean;
}

/** Actions on one tool; works without JavaScript, on phones it is a sheet. */
export function ToolMenu(props: ToolMenuProps) {
  const { tool: { id, name, active }, token, sortable, first, last } = props;
  const of = <span class="sr">{` “${name}”`}</span>;
  return (
    <details class="menu" name="menu">
      <summary class="icon-btn">
        <AdminIcon name="dots" />
        <span class="sr">Actions for “{name}”</span>
      </summary>
      <AdminForm token={token}>
        <input type="hidden" name="id" value={id} />
        <ul>
          <li class="of" aria-hidden="true">{name}</li>
          <MenuLink href={`/admin/tools/${id}`} icon="edit">Edit{of}</MenuLink>
          {active && <MenuLink href={`/chat/${id}`} icon="eye">Open chat{of}</MenuLink>}
          <MenuAction value="duplicate" icon="copy">Duplicate{of}</MenuAction>
          <MenuLink href={`/admin/experiments/new?tool=${id}`} icon="flask">
            {EXPERIMENT_LIST.start}
            {of}
          </MenuLink>
          <li class="rule" aria-hidden="true" />
          {sortable && (
            <>
              <MenuAction value="up" icon="up" id={`up-${id}`} disabled={first}>
                Move {of} up
              </MenuAction>
              <MenuAction value="down" icon="down" id={`down-${id}`} disabled={last}>
                Move {of} down
              </MenuAction>
              <Groups {...props} />
            </>
          )}
          <MenuAction value={active ? "off" : "on"} icon="power" id={`switch-${id}`}>
            {active ? "Hide" : "Show"}
            {of} {active ? "from people" : "to people"}
          </MenuAction>
          <li class="rule" aria-hidden="true" />
          <MenuAction value="delete" icon="trash">Move {of} to bin</MenuAction>
        </ul>
      </AdminForm>
    </details>
  );
}

/** Moves the tool to another group; a new one is named in the editor. */
function Groups({ tool: { name }, group, groups }: ToolMenuProps) {
  const others = groups.filter((each) => each !== group);
  if (group === null || others.length === 0) return null;
  return (
    <li>
      <details>
        <summary>
          <AdminIcon name="list" />
          <span>
            Move <span class="sr">{`“${name}” `}</span>to group
          </span>
        </summary>
        <ul>
          {others.map((each) => (
            <li key={each}>
              <button name="group" value={each} type="submit" dir="auto">
                {each || "Other tools"}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
