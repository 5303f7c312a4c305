import { page } from "fresh";
import { GalleryPage } from "@/components/admin/tools/GalleryPage.tsx";
import { ToolEditorPage } from "@/components/admin/tools/editor/ToolEditorPage.tsx";
import { Preview, SaveBar } from "@/islands/ToolEditor.tsx";
import { ENGLISH_TURN } from "@/lib/locales/page/chat/en.ts";
import { toolFields } from "@/lib/tools/rules/tool_form.ts";
import type { TemplateView } from "@/lib/shared/views/tool_admin_view.ts";
import { define } from "@/lib/web/define.ts";
import { type EditorData, editorData, storeEdited } from "@/lib/web/admin/tool_editor.ts";

/** The gallery, or the editor with the chosen template. */
type Data = { templates: TemplateView[]; editor: null } | { editor: EditorData; draft: string };

export const handler = define.handlers({
  GET(ctx) {
    const { views } = ctx.state.services.tools;
    const template = ctx.url.searchParams.get("template");
    if (template === null) return page<Data>({ templates: views.templates(), editor: null });
    const fields = toolFields(views.beginning(template));
    return page<Data>({
      editor: editorData(ctx, { stored: null, fields }),
      draft: `new:${template.slice(0, 40)}`,
    });
  },
  async POST(ctx) {
    const edited = await storeEdited(ctx, null);
    if ("stored" in edited) {
      const query = new URLSearchParams({ done: "created", draft: edited.draft });
      return ctx.redirect(`/admin/tools/${edited.stored}?${query}`, 303);
    }
    const { again, draft } = edited;
    return page<Data>({ editor: again, draft }, { status: again.status });
  },
});

export default define.page<typeof handler>(({ data }) => {
  if (data.editor === null) return <GalleryPage templates={data.templates} />;
  const { token, timeZone, view, status } = data.editor;
  return (
    <ToolEditorPage
      token={token}
      timeZone={timeZone}
      view={view}
      place={data.draft}
      saveBar={(props) => (
        <SaveBar
          {...props}
          place={data.draft}
          unsaved={status !== 200 || view.note?.good === false}
        />
      )}
      golden={null}
      preview={
        <Preview
          texts={ENGLISH_TURN}
          token={token}
          toolId={null}
          models={view.models}
          stored={null}
        />
      }
    />
  );
});
