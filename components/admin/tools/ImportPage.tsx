import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";

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
      parent={{ href: "/admin/tools", label: "All tools" }}
      lead="Tools as a file: to keep, to pass on, to move to another server."
    >
      {refusal !== null && <Note good={false}>{refusal}</Note>}
      <div class="stack">
        <section class="panel" aria-labelledby="import">
          <header>
            <h2 id="import">Import</h2>
          </header>
          <div class="pad form">
            <p>
              Choose a file of this program or of the original (a backup of all tools, or a single
              one). You see first what would change; nothing is stored before you say so.
            </p>
            <AdminForm token={token} class="form" multipart>
              <div class="field">
                <label for="file">File, at most 4 MiB</label>
                <input
                  class="in"
                  id="file"
                  name="file"
                  type="file"
                  accept=".json,application/json"
                />
              </div>
              <details>
                <summary class="btn">Paste the text instead</summary>
                <div class="field">
                  <label for="text">Text of the file</label>
                  <textarea class="in" id="text" name="text" rows={8} spellcheck={false} />
                </div>
              </details>
              <div class="acts">
                <button class="btn pri" name="action" value="plan" type="submit">
                  Show what would change
                </button>
              </div>
            </AdminForm>
          </div>
        </section>
        <section class="panel" aria-labelledby="export">
          <header>
            <h2 id="export">Export</h2>
          </header>
          <form method="get" action="/admin/tools/export" class="pad form">
            <fieldset class="inline">
              <legend class="sr">Tools to export</legend>
              {tools.map(({ id, name }) => (
                <label key={id} class="check">
                  <input type="checkbox" name="id" value={id} checked />
                  <span>{name}</span>
                </label>
              ))}
            </fieldset>
            <div class="acts">
              <button class="btn" type="submit">Download these</button>
              <a class="btn quiet" href="/admin/tools/export">Download all</a>
            </div>
          </form>
        </section>
      </div>
    </AdminPage>
  );
}
