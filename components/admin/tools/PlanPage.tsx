import type { PlanItem } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Changes } from "./Changes.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

interface PlanPageProps {
  token: string;
  items: readonly PlanItem[];
  /** The file's text and the tools' versions at planning, posted again with the confirmation. */
  text: string;
  seen: string;
}

const KINDS: { kind: PlanItem["kind"]; title: string }[] = [
  { kind: "new", title: "New" },
  { kind: "changed", title: "Changed" },
  { kind: "refused", title: "Refused" },
];

/** Preview of an import, before any change. */
export function PlanPage({ token, items, text, seen }: PlanPageProps) {
  const count = (kind: PlanItem["kind"]) => items.filter((item) => item.kind === kind).length;
  const able = count("new") + count("changed");
  const refused = count("refused");
  const same = items.filter((item) => item.kind === "same");
  return (
    <AdminPage
      title="Import"
      lead={`Nothing is stored yet. In the file: ${count("new")} new, ${
        count("changed")
      } changed, ${count("same")} the same, ${refused} refused.`}
    >
      <ToolStyles />
      <p class="crumb">
        <a href="/admin/tools/import">← Another file</a>
      </p>
      <AdminForm token={token} action="/admin/tools/import" class="plan" multipart>
        <input type="hidden" name="text" value={text} />
        <input type="hidden" name="seen" value={seen} />
        {KINDS.filter(({ kind }) => count(kind) > 0).map(({ kind, title }) => (
          <section key={kind} aria-label={title}>
            <h2>{title}</h2>
            <ul class="rows">
              {items.filter((item) =>
                item.kind === kind
              ).map((item, i) => (
                <li key={i}>
                  <PlanEntry item={item} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {same.length > 0 && (
          <section aria-label="The same already">
            <h2>The same already</h2>
            <p>{same.map(({ name }) => name).join(", ")}</p>
          </section>
        )}
        <div class="save-bar">
          {able === 0 ? <p>There is nothing to import.</p> : (
            <>
              <p class="meta">
                {refused > 0 && "What is refused is left out. "}
                All that is ticked is imported at once, or nothing.
              </p>
              <button class="button primary" name="action" value="import" type="submit">
                Import what is ticked
              </button>
            </>
          )}
        </div>
      </AdminForm>
    </AdminPage>
  );
}

function PlanEntry({ item }: { item: PlanItem }) {
  if (item.kind === "refused") {
    return (
      <div class="entry">
        <p class="title">{item.name}</p>
        <p class="finding error">{item.reason}</p>
      </div>
    );
  }
  const { id, name, notes } = item;
  return (
    <div class="entry">
      <label class="tick title">
        <input type="checkbox" name="chosen" value={id} checked />
        <span>{name}</span>
      </label>
      <p class="meta">{id}</p>
      {notes.map((note) => <p key={note} class="finding warning">{note}</p>)}
      {item.kind === "changed" && (
        <details>
          <summary class="button">
            {item.changes.map(({ label }) => label).join(", ")}
            <span class="sr">: what changes in {name}</span>
          </summary>
          <Changes changes={item.changes} before="Now" after="In the file" />
        </details>
      )}
    </div>
  );
}
