import type { PlanItem } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Changes } from "./Changes.tsx";

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
      parent={{ href: "/admin/tools/import", label: "Another file" }}
      lead={`Nothing is stored yet. In the file: ${count("new")} new, ${
        count("changed")
      } changed, ${count("same")} the same, ${refused} refused.`}
    >
      <AdminForm token={token} action="/admin/tools/import" class="stack" multipart>
        <input type="hidden" name="text" value={text} />
        <input type="hidden" name="seen" value={seen} />
        {KINDS.filter(({ kind }) => count(kind) > 0).map(({ kind, title }) => (
          <section key={kind} class="panel" aria-label={title}>
            <header>
              <h2>{title}</h2>
            </header>
            <ul class="rows">
              {items.filter((item) =>
                item.kind === kind
              ).map((item, i) => (
                <li key={i} class="pad">
                  <PlanEntry item={item} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {same.length > 0 && (
          <section class="panel" aria-label="The same already">
            <header>
              <h2>The same already</h2>
            </header>
            <p class="pad">{same.map(({ name }) => name).join(", ")}</p>
          </section>
        )}
        <div class="save">
          {able === 0 ? <p>There is nothing to import.</p> : (
            <>
              <p class="meta">
                {refused > 0 && "What is refused is left out. "}
                All that is ticked is imported at once, or nothing; very much in several steps. If
                one of them fails, import the file again.
              </p>
              <button class="btn pri" name="action" value="import" type="submit">
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
      <div class="stack">
        <b>{item.name}</b>
        <p class="finding error">{item.reason}</p>
      </div>
    );
  }
  const { id, name, notes } = item;
  return (
    <div class="stack">
      <label class="check">
        <input type="checkbox" name="chosen" value={id} checked />
        <b>{name}</b>
      </label>
      <p class="meta">{id}</p>
      {notes.map((note) => <p key={note} class="finding">{note}</p>)}
      {item.kind === "changed" && (
        <details>
          <summary class="btn">
            {item.changes.map(({ label }) => label).join(", ")}
            <span class="sr">: what changes in {name}</span>
          </summary>
          <Changes changes={item.changes} before="Now" after="In the file" />
        </details>
      )}
    </div>
  );
}
