import { useSignal } from "@preact/signals";
import {
  type ModelOption,
  OWN_FIELDS,
  type OwnFields,
  ownFieldsOf,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { draftOf, fillForm } from "../../drafts/kept_draft.ts";
import { EffortOptions, ModelSelect } from "./ModelSelect.tsx";
import { aboutTokens, priceOfAll } from "../preview/draft_price.ts";
import { type Second, toolForm } from "../preview/preview_client.ts";

interface SecondDraftProps {
  second: Second;
  /** The form's values of the same fields. */
  form: OwnFields;
  models: readonly ModelOption[];
  stored: OwnFields | null;
  onChange: (second: Second) => void;
}

const LABELS: Record<keyof OwnFields, string> = {
  systemPrompt: "Prompt",
  model: "Model",
  effort: "Effort",
  temperature: "Temperature",
  maxTokens: "Longest reply",
};

export const NO_FIELDS: OwnFields = {
  systemPrompt: "",
  model: "",
  effort: "",
  temperature: "",
  maxTokens: "",
};

/** The form's values of the fields that a second draft can change. */
export function comparableFields(): OwnFields {
  const form = toolForm();
  return ownFieldsOf({ ...NO_FIELDS, ...(form && draftOf(form)) });
}

/** Edits a second draft beside the form, shows where it differs, and can copy it into the form. */
export function SecondDraft({ second, form, models, stored, onChange }: SecondDraftProps) {
  const said = useSignal("");
  const { copyOf, own } = second;
  const changed = OWN_FIELDS.filter((name) => own[name] !== form[name]);
  const price = priceOfAll([own], models);
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
    <div class="stack second">
      <section class="panel" aria-labelledby="second">
        <header>
          <h2 id="second">
            <label for="second-systemPrompt">B · the second draft</label>
          </h2>
          <span class="meta">
            {changed.length === 0
              ? "still like the form"
              : `differs in ${changed.map((name) => LABELS[name].toLowerCase()).join(", ")}`}
          </span>
        </header>
        <textarea {...field("systemPrompt")} class="prompt" rows={16} dir="auto" spellcheck />
        <p class="foot">
          About {aboutTokens(own.systemPrompt).toLocaleString("en")} tokens
          {price !== "" && ` · ${price} a message`}
        </p>
      </section>
      <section class="panel pad form" aria-label="Model of the second draft">
        <div class="field">
          {label("model")}
          <ModelSelect {...field("model")} models={models} />
        </div>
        <div class="inline">
          <div class="field">
            {label("effort")}
            <select {...field("effort")} class="in">
              <EffortOptions value={own.effort} models={models} />
            </select>
          </div>
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
          <button type="button" class="btn quiet" onClick={() => copy("form", form)}>
            Copy the form again
          </button>
          {stored && (
            <button type="button" class="btn quiet" onClick={() => copy("stored", stored)}>
              Take the stored tool
            </button>
          )}
        </div>
        <p class="meta" role="status">{said.value}</p>
      </section>
    </div>
  );
}
