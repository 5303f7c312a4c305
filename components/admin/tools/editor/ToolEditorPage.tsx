import type { ComponentChildren } from "preact";
import type {
  ConflictView,
  Finding,
  ModelOption,
  ToolFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../../AdminForm.tsx";
import { AdminPage } from "../../AdminPage.tsx";
import { Note } from "../../Note.tsx";
import { ConflictNote } from "./ConflictNote.tsx";
import { CostFields } from "./CostFields.tsx";
import { ExampleFields } from "./ExampleFields.tsx";
import { PeopleFields } from "./PeopleFields.tsx";
import { PromptFields } from "./PromptFields.tsx";
import { ToolStyles } from "../ToolStyles.tsx";
import { WhatsAppFields } from "./WhatsAppFields.tsx";

interface EditorView {
  /** Null for a new tool. */
  tool: { id: string; version: number } | null;
  fields: ToolFields;
  findings: Finding[];
  models: ModelOption[];
  /** Cost of a typical message, as a sentence. */
  typical: string | null;
  conflict: ConflictView | null;
  /** Result of the last save, above the form. */
  note: { good: boolean; text: string } | null;
}

interface ToolEditorPageProps {
  token: string;
  timeZone: string;
  view: EditorView;
  /** Islands: the draft keeper and the preview chat. */
  keeper: ComponentChildren;
  preview: ComponentChildren;
}

/** Tool editor with the preview beside it. */
export function ToolEditorPage({ token, timeZone, view, keeper, preview }: ToolEditorPageProps) {
  const { tool, fields, findings, models, typical, conflict, note } = view;
  const warnings = findings.filter(({ level }) => level === "warning");
  const errors = findings.length - warnings.length;
  const asks = errors === 0 && warnings.length > 0 && note?.good === false;
  return (
    <AdminPage
      title={tool === null ? "New tool" : fields.name || "Tool"}
      actions={tool && (
        <>
          <a class="button" href={`/admin/tools/${tool.id}/versions`}>History</a>
          <a class="button" href={`/admin/tools/export?id=${tool.id}`}>Export</a>
          <a class="button" href={`/chat/${tool.id}`}>Open chat</a>
        </>
      )}
    >
      <ToolStyles />
      <p class="crumb">
        <a href="/admin/tools">← All tools</a>
      </p>
      {note && <Note good={note.good}>{note.text}</Note>}
      {conflict && <ConflictNote conflict={conflict} timeZone={timeZone} />}
      {findings.length > 0 && <FindingsNote findings={findings} />}
      <div class="bench">
        <AdminForm
          token={token}
          action={tool === null ? "/admin/tools/new" : `/admin/tools/${tool.id}`}
          class="tool-form"
        >
          <input type="hidden" name="version" value={tool?.version ?? 0} />
          {asks &&
            warnings.map(({ text }) => (
              <input key={text} type="hidden" name="accepted" value={text} />
            ))}
          <PeopleFields fields={fields} findings={findings} />
          <PromptFields fields={fields} findings={findings} models={models} typical={typical} />
          <CostFields fields={fields} findings={findings} models={models} />
          <ExampleFields fields={fields} findings={findings} />
          <WhatsAppFields fields={fields} findings={findings} />
          <div class="save-bar">
            <label class="tick">
              <input type="checkbox" name="active" checked={fields.active} />
              <span>Switched on: people see it</span>
            </label>
            <button class="button primary" type="submit">
              {asks ? "Save all the same" : tool === null ? "Create tool" : "Save"}
            </button>
          </div>
          {keeper}
        </AdminForm>
        {preview}
      </div>
    </AdminPage>
  );
}

function FindingsNote({ findings }: { findings: readonly Finding[] }) {
  const errors = findings.some(({ level }) => level === "error");
  return (
    <section class={errors ? "note bad findings" : "note warn findings"} aria-label="Checks">
      <ul>
        {findings.map(({ level, field, text }) => (
          <li key={text}>
            <strong>{level === "error" ? "Must be put right:" : "Please look:"}</strong>{" "}
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
