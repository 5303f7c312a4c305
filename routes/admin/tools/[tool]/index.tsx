import { page } from "fresh";
import { GoldenPanel } from "@/components/admin/golden/GoldenPanel.tsx";
import { FORM, ToolEditorPage } from "@/components/admin/tools/editor/ToolEditorPage.tsx";
import { GoldenDraft } from "@/islands/Golden.tsx";
import { Preview, SaveBar } from "@/islands/ToolEditor.tsx";
import { barSentence, GOLDEN, progressText } from "@/lib/locales/admin/experiments/golden.ts";
import { ENGLISH_TURN } from "@/lib/locales/page/chat/en.ts";
import { toolFields } from "@/lib/tools/rules/tool_form.ts";
import { define } from "@/lib/web/define.ts";
import { editorData, storeEdited } from "@/lib/web/admin/tool_editor.ts";

const DONE: Record<string, string> = {
  created: "Created.",
  copied: "This is the copy. It is switched off until you switch it on.",
  reverted: "Restored. The version before is still in the history.",
  saved: "Saved.",
  merged: "Saved. Somebody else changed other fields while you were writing: theirs are kept too.",
};

export const handler = define.handlers({
  async GET(ctx) {
    const { tools: { views }, deps } = ctx.state.services;
    const stored = await views.tool(ctx.params.tool ?? "");
    const done = ctx.url.searchParams.get("done") ?? "";
    const text = DONE[done];
    const note = text === undefined ? null : { good: true, text };
    const last = await deps.store.tools.versionOf(stored.id, stored.version);
    const saved = last && { by: last.by, at: last.at };
    const golden = await ctx.state.services.golden.ofDraft(stored.id, null);
    const editor = editorData(ctx, { stored, saved, fields: toolFields(stored), note, golden });
    // Once saved, the draft in the browser is stale.
    const stale = done === "saved" || done === "merged"
      ? stored.id
      : ctx.url.searchParams.get("draft");
    return page({ editor, stale });
  },
  async POST(ctx) {
    const id = ctx.params.tool ?? "";
    const edited = await storeEdited(ctx, id);
    if ("stored" in edited) {
      return ctx.redirect(`/admin/tools/${id}?done=${edited.merged ? "merged" : "saved"}`, 303);
    }
    const { again } = edited;
    return page({ editor: again, stale: null }, { status: again.status });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { editor: { token, timeZone, view, stored, differs, status }, stale } = data;
  const id = view.tool?.id ?? null;
  const run = view.golden?.run ?? null;
  const href = run && `/admin/golden/${run.tool.id}/runs/${run.id}`;
  const warning = run && barSentence(run.summary);
  return (
    <ToolEditorPage
      token={token}
      timeZone={timeZone}
      view={view}
      place={id ?? ""}
      saveBar={(props) => (
        <SaveBar
          {...props}
          place={id ?? ""}
          stale={stale}
          unsaved={status !== 200 || view.note?.good === false || differs.length > 0}
          differs={differs}
          warning={warning && href ? { text: warning, href } : null}
        />
      )}
      golden={id !== null && view.golden && (
        <GoldenPanel
          tool={id}
          form={FORM}
          view={view.golden}
          following={run && (
            <GoldenDraft
              form={FORM}
              from={run.state === "running" ? `${href}/progress` : null}
              said={progressText(run)}
              changed={GOLDEN.changedSince}
              since={view.golden?.changed ?? false}
            />
          )}
        />
      )}
      preview={
        <Preview
          texts={ENGLISH_TURN}
          token={token}
          toolId={id}
          models={view.models}
          stored={stored}
        />
      }
    />
  );
});
