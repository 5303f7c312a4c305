import type { TemplateView } from "../../../lib/shared/views/tool_admin_view.ts";
import { ToolIcon } from "../../tools/ToolIcon.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";

/** Templates for a new tool, and the empty form. */
export function GalleryPage({ templates }: { templates: readonly TemplateView[] }) {
  const groups = [...new Set(templates.map(({ group }) => group))];
  return (
    <AdminPage
      title="New tool"
      parent={{ href: "/admin/tools", label: "All tools" }}
      lead="Start from a template and make it yours, or write your own. Nothing is stored until you save it."
      actions={<a class="btn pri" href="/admin/tools/new?template=blank">Empty tool</a>}
    >
      <div class="cols two">
        {groups.map((group) => (
          <section key={group} class="panel" aria-label={group}>
            <header>
              <h2>{group}</h2>
            </header>
            <ul class="rows">
              {templates.filter((template) => template.group === group).map((template) => (
                <li key={template.id}>
                  <a class="row" href={`/admin/tools/new?template=${template.id}`}>
                    <ToolIcon id={template.id} icon={template.icon} />
                    <span class="g">
                      <b>{template.name}</b>
                      <span class="meta">{template.description}</span>
                    </span>
                    <AdminIcon name="next" />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </AdminPage>
  );
}
