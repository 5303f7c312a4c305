import type { ComponentChildren } from "preact";
import type { EditorView } from "../../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../../AdminForm.tsx";
import { AdminPage } from "../../AdminPage.tsx";
import { ExperimentNotice } from "../../experiments/ExperimentNotice.tsx";
import { Note } from "../../Note.tsx";
import { When } from "../../When.tsx";
import { ActiveField, MemoryField, RecordingsField } from "./ActiveField.tsx";
import { ConflictForm } from "./ConflictForm.tsx";
import { CostFields } from "./CostFields.tsx";
import { EditorActions } from "./EditorActions.tsx";
import { ExampleFields } from "./ExampleFields.tsx";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { ModelFields } from "./ModelFields.tsx";
import { LanguageFields, PeopleFields } from "./PeopleFields.tsx";
import { PromptField } from "./PromptField.tsx";
import type { ToolSaveBarProps } from "./ToolSaveBar.tsx";
import { WhatsAppFields } from "./WhatsAppFields.tsx";

/** Id of the editor's form. */
export const FORM = "tool-form";

interface ToolEditorPageProps {
  token: string;
  timeZone: string;
  view: EditorView;
  /** Storage key of the draft. */
  place: string;
  /** Island of the save bar. */
  saveBar: (props: Omit<ToolSaveBarProps, "place" | "stale" | "unsaved">) => ComponentChildren;
  /** The golden conversations' word about the draft. */
  golden: ComponentChildren;
  /** Island of the preview chat. */
  preview: ComponentChildren;
}

/** Tool editor: the prompt first, the rest in sections, the preview beside it, one save bar. */
export function ToolEditorPage(props: ToolEditorPageProps) {
  const { token, timeZone, view, place, saveBar, golden, preview } = props;
  const { tool, fields, findings, models, typical, conflict, experiment, note } = view;
  const warnings = findings.filter(({ level }) => level === "warning");
  const asks = warnings.length > 0 && warnings.length === findings.length && note?.good === false;
  const marked = findings.map(({ field }) => field);
  const about = { fields, findings, marked };
  return (
    <AdminPage {...headOf(view, token, timeZone)}>
      {note && <Note good={note.good}>{note.text}</Note>}
      {experiment && <ExperimentNotice id={experiment.id} name={experiment.name} />}
      <div class={conflict ? "narrow" : "cols main bench"}>
        <AdminForm
          token={token}
          id={FORM}
          action={tool === null ? "/admin/tools/new" : `/admin/tools/${tool.id}`}
          class="tool-form stack"
        >
          <input type="hidden" name="version" value={tool?.version ?? 0} />
          <input type="hidden" name="draft" value={place} />
          {asks &&
            warnings.map(({ text }) => (
              <input key={text} type="hidden" name="accepted" value={text} />
            ))}
          {conflict ? <ConflictForm conflict={conflict} sent={view.sent} /> : (
            <>
              {findings.length > 0 && <FindingsPanel findings={findings} />}
              <PromptField fields={fields} findings={findings} typical={typical} />
              <div class="panel">
                <ModelFields {...about} models={models} />
                <PeopleFields {...about} open={tool === null} />
                <LanguageFields {...about} />
                <ActiveField fields={fields} />
                <MemoryField fields={fields} />
                <RecordingsField fields={fields} />
                <CostFields {...about} models={models} />
                <WhatsAppFields {...about} />
                <ExampleFields {...about} />
              </div>
            </>
          )}
        </AdminForm>
        {!conflict && (
          <div class="stack">
            {golden}
            {preview}
          </div>
        )}
      </div>
      {saveBar({ form: FORM, always: tool === null, ...savingOf(view, asks) })}
    </AdminPage>
  );
}

function headOf({ tool, saved, fields, conflict }: EditorView, token: string, timeZone: string) {
  if (tool === null) {
    return { title: "New tool", parent: { href: "/admin/tools", label: "All tools" } };
  }
  const name = fields.name || "Tool";
  const path = `/admin/tools/${tool.id}`;
  if (conflict) {
    return {
      title: "Bring two changes together",
      parent: { href: path, label: name },
      lead: (
        <>
          <bdi>{conflict.by || "Somebody"}</bdi> saved {name}
          {conflict.at > 0 && (
            <>
              , <When at={conflict.at} timeZone={timeZone} />
            </>
          )}, while you were writing. Nothing of theirs or yours is lost.
        </>
      ),
    };
  }
  return {
    title: name,
    parent: { href: "/admin/tools", label: "All tools" },
    marks: (
      <>
        <span class={fields.active ? "chip good" : "chip"}>{fields.active ? "Live" : "Off"}</span>
        <span class="meta">
          Version {tool.version}
          {saved && saved.at > 0 && (
            <>
              , saved {saved.by !== "" && (
                <>
                  by <bdi>{saved.by}</bdi>
                  {" "}
                </>
              )}
              <When at={saved.at} timeZone={timeZone} />
            </>
          )}
        </span>
      </>
    ),
    actions: <EditorActions id={tool.id} name={name} token={token} />,
  };
}

function savingOf({ tool, conflict }: EditorView, asks: boolean) {
  if (tool === null) {
    const discard = { href: "/admin/tools/new", label: "Discard" };
    return { about: "", verb: asks ? "Save all the same" : "Create tool", discard };
  }
  const href = `/admin/tools/${tool.id}`;
  if (conflict) {
    return {
      about: `Saves as version ${tool.version + 1}. Version ${tool.version} stays in the history.`,
      verb: "Save together",
      discard: { href, label: "Take theirs only" },
    };
  }
  return {
    about: "Kept on this device until you save.",
    verb: asks ? "Save all the same" : `Save version ${tool.version + 1}`,
    discard: { href, label: "Discard" },
  };
}
