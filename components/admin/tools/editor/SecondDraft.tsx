import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import {
  type ModelOption,
  OWN_FIELDS,
  type OwnFields,
  ownFieldsOf,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { draftOf, fillForm } from "../../drafts/kept_draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";
import { type Second, toolForm } from "../preview/preview_client.ts";

interface SecondDraftProps {
  second: Second;
  models: readonly ModelOption[];
  stored: OwnFields | null;
  onChange: (second: Second) => void;
}

const LABELS: Record<keyof OwnFields, string> = {
  systemPrompt: "Prompt",
  model: "Model",
  temperature: "Temperature",
  maxTokens: "Longest reply",
};

/** The form's values of the fields that a second draft can change. */
export function comparableFields(): OwnFields {
  const form = toolForm();
  return ownFieldsOf({
    systemPrompt: "",
    model: "",
    temperature: "",
    maxTokens: "",
    ...(form && draftOf(form)),
  });
}

/** Edits a second draft, shows where it differs, and can copy it into the form. */
export function SecondDraft({ second, models, stored, onChange }: SecondDraftProps) {
  const form = useSignal(comparableFields());
  const said = useSignal("");
  useEffect(() => {
    const listening = new AbortController();
    const look = () => form.value = comparableFields();
    toolForm()?.addEventListener("input", look, { signal: listening.signal });
    return () => listening.abort();
  }, []);

  const { copyOf, own } = second;
  const changed = OWN_FIELDS.filter((name) => own[name] !== form.value[name]);
  const copy = (of: Second["copyOf"], fields: OwnFields) => {
    onChange({ copyOf: of, own: fields });
    said.value = "Copied.";
  };

  function take(): void {
    const into = toolForm();
    if (!into) return;
    fillForm(into, { ...draftOf(into), ...own });
    into.dispatchEvent(new Event("input", { bubbles: true }));
    said.value = "It is in the form now. Save the tool to keep it.";
  }

  /** Props of a field: id, value, input handler. */
  const field = (name: keyof OwnFields) => ({
    id: `second-${name}`,
    value: own[name],
    onInput: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onChange({ copyOf, own: { ...own, [name]: value } }),
  });
  const label = (name: keyof OwnFields) => (
    <label for={`second-${name}`}>
      {LABELS[name]} {changed.includes(name) && <span class="chip acc">differs</span>}
    </label>
  );
  return (
    <details class="second more" open>
      <summary>
        The second draft: {changed.length === 0
          ? "still like the form"
          : `differs in ${changed.map((name) => LABELS[name].toLowerCase()).join(", ")}`}
      </summary>
      <div class="form">
        <div class="field">
          {label("systemPrompt")}
          <textarea {...field("systemPrompt")} class="in" rows={5} dir="auto" spellcheck />
        </div>
        <div class="field">
          {label("model")}
          <ModelSelect {...field("model")} models={models} />
        </div>
        <div class="inline">
          <div class="field">
            {label("temperature")}
            <input {...field("temperature")} class="in" inputmode="decimal" autocomplete="off" />
          </div>
          <div class="field">
            {label("maxTokens")}
            <input {...field("maxTokens")} class="in" inputmode="numeric" autocomplete="off" />
          </div>
        </div>
        <div class="acts">
          <button
            type="button"
            class="btn"
            aria-disabled={changed.length === 0}
            onClick={() => changed.length > 0 && take()}
          >
            Use this one
          </button>
          <button type="button" class="btn quiet" onClick={() => copy("form", form.value)}>
            Copy the form again
          </button>
          {stored && (
            <button
              type="button"
              class="btn quiet"
              onClick={() => copy("stored", stored)}
            >
              Take the stored tool
            </button>
          )}
        </div>
        <p class="meta" role="status">{said.value}</p>
      </div>
    </details>
  );
}
