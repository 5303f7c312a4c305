import type { ComponentChildren } from "preact";
import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { ToolListItem } from "./ToolListItem.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

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

/** All tools, in their public order. */
export function ToolsPage({ token, tools, deleted, done, children }: ToolsPageProps) {
  const active = tools.filter((tool) => tool.active).length;
  return (
    <AdminPage
      title="Tools"
      lead={`${tools.length} tools, ${active} of them switched on, in the order in which people see them.`}
      actions={
        <>
          <a class="button" href="/admin/tools/import">Export and import</a>
          <a class="button" href="/admin/tools/bin">Bin</a>
          <a class="button primary" href="/admin/tools/new">New tool</a>
        </>
      }
    >
      <ToolStyles />
      {done !== null && <Note good>{done}</Note>}
      {deleted && (
        <AdminForm token={token} action="/admin/tools/bin" class="note undo">
          <p role="status" tabIndex={-1} autoFocus>“{deleted.name}” is in the bin for 30 days.</p>
          <input type="hidden" name="id" value={deleted.id} />
          <input type="hidden" name="at" value={deleted.at} />
          <button class="button" name="action" value="restore" type="submit">Undo</button>
        </AdminForm>
      )}
      {tools.length === 0
        ? (
          <div class="nothing">
            <h2>No tools yet</h2>
            <p>Begin with one of the templates, or with an empty page.</p>
            <p>
              <a class="button primary" href="/admin/tools/new">New tool</a>
            </p>
          </div>
        )
        : (
          <ol class="tool-list" id="tool-list">
            {tools.map((tool, i) => (
              <ToolListItem
                key={tool.id}
                tool={tool}
                token={token}
                first={i === 0}
                last={i === tools.length - 1}
              />
            ))}
          </ol>
        )}
      {children}
    </AdminPage>
  );
}
