import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

interface ImportPageProps {
  token: string;
  tools: readonly Pick<ToolRow, "id" | "name">[];
  refusal: string | null;
}

/** Export and import of tools as a file. */
export function ImportPage({ token, tools, refusal }: ImportPageProps) {
  return (
    <AdminPage
      title="Export and import"
      lead="Tools as a file: to keep, to pass on, to move to another server."
    >
      <ToolStyles />
      <p class="crumb">
        <a href="/admin/tools">← All tools</a>
      </p>
      {refusal !== null && <Note good={false}>{refusal}</Note>}
      <section class="panel-box" aria-labelledby="import">
        <h2 id="import">Import</h2>
        <p>
          Choose a file of this program or of the original (a backup of all tools, or a single one).
          You see first what would change; nothing is stored before you say so.
        </p>
        <AdminForm token={token} class="fields" multipart>
          <div class="field">
            <label for="file">File, at most 1 MiB</label>
            <input id="file" name="file" type="file" accept=".json,application/json" />
          </div>
          <details>
            <summary class="button">Paste the text instead</summary>
            <div class="field">
              <label for="text">Text of the file</label>
              <textarea id="text" name="text" rows={8} spellcheck={false} />
            </div>
          </details>
          <div class="form-actions">
            <button class="button primary" name="action" value="plan" type="submit">
              Show what would change
            </button>
          </div>
        </AdminForm>
      </section>
      <section class="panel-box" aria-labelledby="export">
        <h2 id="export">Export</h2>
        <form method="get" action="/admin/tools/export" class="fields">
          <fieldset class="ticks">
            <legend class="sr">Tools to export</legend>
            {tools.map(({ id, name }) => (
              <label key={id} class="tick">
                <input type="checkbox" name="id" value={id} checked />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
          <div class="form-actions">
            <button class="button primary" type="submit">Download these</button>
            <a class="button" href="/admin/tools/export">Download all</a>
          </div>
        </form>
      </section>
    </AdminPage>
  );
}
