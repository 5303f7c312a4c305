import type { ComponentChildren } from "preact";
import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { ToolListItem } from "./ToolListItem.tsx";

interface ToolsPageProps {
  token: string;
  tools: ToolRow[];
  /** The tool just moved to the bin, with undo. */
  deleted: { id: string; name: string; at: number } | null;
  /** Success message of the last action. */
  done: string | null;
  /** Island for drag and drop. */
  children: ComponentChildren;
}

/** All tools, in their public order; those that people do not see stand apart. */
export function ToolsPage({ token, tools, deleted, done, children }: ToolsPageProps) {
  const rows = tools.map((tool, place) => ({ tool, place }));
  const shown = rows.filter(({ tool }) => tool.active);
  const hidden = rows.filter(({ tool }) => !tool.active);
  return (
    <AdminPage
      title="Tools"
      lead={leadText(shown.length, hidden.length)}
      actions={
        <>
          <a class="btn" href="/admin/tools/import">
            <AdminIcon name="download" />
            Import<span class="sr">and export</span>
          </a>
          <a class="btn pri" href="/admin/tools/new">
            <AdminIcon name="plus" />
            New tool
          </a>
        </>
      }
    >
      {done !== null && <Note good>{done}</Note>}
      {deleted && (
        <AdminForm token={token} action="/admin/tools/bin" class="alert good undo">
          <p role="status" tabIndex={-1} autoFocus>“{deleted.name}” is in the bin for 30 days.</p>
          <input type="hidden" name="id" value={deleted.id} />
          <input type="hidden" name="at" value={deleted.at} />
          <button class="btn" name="action" value="restore" type="submit">Undo</button>
        </AdminForm>
      )}
      {tools.length === 0 && <NoTools />}
      {shown.length > 0 && <ToolList id="tool-list" rows={shown} token={token} />}
      {hidden.length > 0 && (
        <>
          <div class="group">
            <h2>Not shown to people</h2>
            <span class="meta">{hidden.length}</span>
          </div>
          <ToolList id="hidden-tools" rows={hidden} token={token} />
        </>
      )}
      <p class="meta below">
        <a href="/admin/tools/bin">Bin</a>
      </p>
      {children}
    </AdminPage>
  );
}

function NoTools() {
  return (
    <div class="panel empty">
      <h2>No tools yet</h2>
      <p>Start from a template or write your own.</p>
    </div>
  );
}

interface ToolListProps {
  id: string;
  rows: readonly { tool: ToolRow; place: number }[];
  token: string;
}

function ToolList({ id, rows, token }: ToolListProps) {
  return (
    <div class="panel tools">
      <div class="row legend" aria-hidden="true">
        <span class="icon-btn grip" />
        <span class="tool-icon" />
        <span class="g">Tool</span>
        <span class="col model">Model</span>
        <span class="col">A message</span>
        <span class="col">Last 7 days</span>
        <span class="col">Rated good</span>
        <span class="menu" />
      </div>
      <ol class="rows" id={id}>
        {rows.map(({ tool, place }, i) => (
          <ToolListItem
            key={tool.id}
            tool={tool}
            token={token}
            place={place}
            first={i === 0}
            last={i === rows.length - 1}
          />
        ))}
      </ol>
    </div>
  );
}

function leadText(shown: number, hidden: number): string {
  const live = shown === 1 ? "1 is live" : `${shown} are live`;
  const rest = hidden === 0 ? "" : hidden === 1 ? ", 1 is hidden" : `, ${hidden} are hidden`;
  return `${live}${rest}. People see them in this order.`;
}
