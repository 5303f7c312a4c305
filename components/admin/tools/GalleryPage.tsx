import type { TemplateView } from "../../../lib/shared/views/tool_admin_view.ts";
import { ToolIcon } from "../../tools/ToolIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

/** Templates for a new tool, and the empty form. */
export function GalleryPage({ templates }: { templates: readonly TemplateView[] }) {
  const groups = [...new Set(templates.map(({ group }) => group))];
  return (
    <AdminPage
      title="New tool"
      lead="Begin with a template and make it yours. Nothing is stored until you save it."
      actions={<a class="button primary" href="/admin/tools/new?template=blank">Empty tool</a>}
    >
      <ToolStyles />
      <p class="crumb">
        <a href="/admin/tools">← All tools</a>
      </p>
      {groups.map((group) => (
        <section key={group}>
          <h2>{group}</h2>
          <ul class="cards">
            {templates.filter((template) => template.group === group).map((template) => (
              <li key={template.id} class="card">
                <ToolIcon id={template.id} icon={template.icon} />
                <h3>
                  <a href={`/admin/tools/new?template=${template.id}`}>{template.name}</a>
                </h3>
                <p>{template.description}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </AdminPage>
  );
}
