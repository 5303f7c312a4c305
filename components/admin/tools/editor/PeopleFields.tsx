import type { ComponentChildren } from "preact";
import { LANGUAGE_NAMES, LANGUAGES, textDirection } from "../../../../lib/shared/languages.ts";
import {
  type Finding,
  type ToolFields,
  translatedField,
  type TranslationFields,
} from "../../../../lib/shared/views/tool_admin_view.ts";
import { AdminIcon } from "../../AdminIcon.tsx";
import { described, Field } from "./Field.tsx";
import { Section } from "./Section.tsx";
import { isMarked, SECTION_VALUES } from "./section_values.ts";

interface PeopleFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
  /** A new tool begins with these fields. */
  open: boolean;
}

/** Public name, icon, description and starters. */
export function PeopleFields({ fields, findings, marked, open }: PeopleFieldsProps) {
  return (
    <Section
      title="What people see"
      value={SECTION_VALUES.people(fields)}
      open={open ||
        isMarked(
          marked,
          "icon",
          "name",
          "description",
          "group",
          "starters",
          "greeting",
          "language",
        )}
    >
      <div class="icon-and-name">
        <Field id="icon" label="Icon" findings={findings}>
          <input
            {...described("icon", findings, false)}
            class="in"
            value={fields.icon}
            maxLength={16}
          />
        </Field>
        <Field id="name" label="Name" findings={findings}>
          <input
            {...described("name", findings, false)}
            class="in"
            value={fields.name}
            maxLength={80}
            dir="auto"
            autocomplete="off"
          />
        </Field>
      </div>
      <Field id="description" label="Description" hint="One line on the card." findings={findings}>
        <input
          {...described("description", findings)}
          class="in"
          value={fields.description}
          maxLength={300}
          dir="auto"
          autocomplete="off"
        />
      </Field>
      <Field
        id="group"
        label="Group"
        hint="The heading on the home page, such as Bible translation."
        findings={findings}
      >
        <input
          {...described("group", findings)}
          class="in"
          value={fields.group}
          maxLength={40}
          dir="auto"
        />
      </Field>
      <Field
        id="starters"
        label="Questions to start with"
        hint="One on each line, at most six. One that ends in … waits for the person's words."
        findings={findings}
      >
        <textarea {...described("starters", findings)} class="in" rows={4} dir="auto">
          {fields.starters}
        </textarea>
      </Field>
      <Field
        id="greeting"
        label="Greeting"
        hint="The heading of an empty chat, such as What shall we check? Without one it is the page's own."
        findings={findings}
      >
        <input
          {...described("greeting", findings)}
          class="in"
          value={fields.greeting}
          maxLength={120}
          dir="auto"
          autocomplete="off"
        />
      </Field>
      <Field
        id="language"
        label="Language of these texts"
        hint="Readers of another language see them where there is no translation."
        findings={findings}
      >
        <select {...described("language", findings)} class="in">
          {LANGUAGES.map((code) => (
            <option key={code} value={code} selected={code === fields.language}>
              {LANGUAGE_NAMES[code]}
            </option>
          ))}
        </select>
      </Field>
    </Section>
  );
}

interface LanguageFieldsProps {
  fields: ToolFields;
  findings: readonly Finding[];
  /** Fields that a finding or a conflict is about. */
  marked: readonly string[];
}

/** What people see in further languages; what is left empty is shown in the tool's own. */
export function LanguageFields({ fields, findings, marked }: LanguageFieldsProps) {
  const found = findings.filter(({ field }) => field === "translations");
  const others = fields.translations.filter(({ language }) => language !== fields.language);
  return (
    <Section
      id="translations"
      title="In other languages"
      value={SECTION_VALUES.translations(fields)}
      open={isMarked(marked, "translations")}
    >
      <p class="hint">
        People see these texts on the page and on WhatsApp where they read that language. Anything
        left empty is shown as above.
      </p>
      {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
      {others.map((texts) => <Translation key={texts.language} {...texts} />)}
    </Section>
  );
}

function Translation(
  { language, name, description, greeting, starters, group }: TranslationFields,
) {
  const at = (field: string) => translatedField(language, field);
  const about = { class: "in", lang: language, dir: textDirection(language) };
  return (
    <details class="sec">
      <summary>
        <h3 lang={language}>{LANGUAGE_NAMES[language]}</h3>
        <span class="meta" dir="auto">{name || "Not translated"}</span>
        <AdminIcon name="chevron" />
      </summary>
      <div class="pad form">
        <Line id={at("name")} label="Name">
          <input {...about} id={at("name")} name={at("name")} value={name} maxLength={80} />
        </Line>
        <Line id={at("description")} label="Description">
          <input
            {...about}
            id={at("description")}
            name={at("description")}
            value={description}
            maxLength={300}
          />
        </Line>
        <Line id={at("greeting")} label="Greeting">
          <input
            {...about}
            id={at("greeting")}
            name={at("greeting")}
            value={greeting}
            maxLength={120}
          />
        </Line>
        <Line id={at("starters")} label="Questions to start with, one on each line">
          <textarea {...about} id={at("starters")} name={at("starters")} rows={4}>
            {starters}
          </textarea>
        </Line>
        <Line id={at("group")} label="Group">
          <input {...about} id={at("group")} name={at("group")} value={group} maxLength={40} />
        </Line>
      </div>
    </details>
  );
}

function Line({ id, label, children }: { id: string; label: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
