import {
  differsIn,
  ownTitle,
  ownValues,
  PLAN,
  removeVariant,
  shareOf,
  versionOf,
} from "../../../lib/locales/admin/experiments/plan.ts";
import {
  type ExperimentFields,
  type Letter,
  LETTERS,
} from "../../../lib/shared/views/experiment_view.ts";
import type { Finding, ModelOption } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field, NumberField } from "../tools/editor/Field.tsx";
import { EffortOptions, ModelSelect } from "../tools/editor/ModelSelect.tsx";
import { Section } from "../tools/editor/Section.tsx";

interface VersionFieldsProps {
  fields: ExperimentFields;
  findings: readonly Finding[];
  models: readonly ModelOption[];
  /** Version of the tool that A is. */
  version: number;
}

type Variant = ExperimentFields["variants"][number];

/** The versions with their shares; below, each one's own prompt and parameters. */
export function VersionFields(props: VersionFieldsProps) {
  const { fields: { variants }, findings, version } = props;
  const lettered = variants.flatMap((variant, i) => {
    const letter = LETTERS[i];
    return letter === undefined ? [] : [{ letter, variant }];
  });
  const shares = findings.filter(({ field }) => field === "shares");
  return (
    <section class="panel" aria-labelledby="variants">
      <header>
        <h2 id="variants" tabIndex={-1}>{PLAN.versions}</h2>
      </header>
      <table class="t cards" role="table">
        <caption class="sr">{PLAN.versions}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{PLAN.version}</th>
            <th scope="col" role="columnheader">{PLAN.whatDiffers}</th>
            <th scope="col" role="columnheader" class="n">{PLAN.share}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lettered.map(({ letter, variant: { note, share } }) => (
            <tr key={letter} role="row">
              <th scope="row" role="rowheader">{versionOf(letter, version)}</th>
              <td role="cell" class="across" data-l={PLAN.whatDiffers}>
                {letter === "A" ? PLAN.asItIs : (
                  <Input
                    id={`${letter}.note`}
                    label={differsIn(letter)}
                    value={note}
                    findings={findings}
                  />
                )}
              </td>
              <td role="cell" class="n" data-l={PLAN.share}>
                <Input
                  id={`${letter}.share`}
                  label={shareOf(letter)}
                  value={share}
                  findings={findings}
                  numeric
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shares.length > 0 && (
        <div class="pad" id="shares">
          {shares.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
        </div>
      )}
      {lettered.filter(({ letter }) => letter !== "A").map(({ letter, variant }) => (
        <Own key={letter} {...props} letter={letter} variant={variant} />
      ))}
      <div class="foot">
        {variants.length < LETTERS.length && (
          <button class="btn quiet" name="action" value="add" type="submit">{PLAN.add}</button>
        )}
        <span>{PLAN.upTo}</span>
      </div>
    </section>
  );
}

interface InputProps {
  id: string;
  label: string;
  value: string;
  findings: readonly Finding[];
  numeric?: boolean;
}

/** An input in a table, named by its row and column. */
function Input({ id, label, value, findings, numeric = false }: InputProps) {
  const found = findings.filter(({ field }) => field === id);
  return (
    <>
      <input
        {...described(id, findings, false)}
        class={numeric ? "in n" : "in"}
        aria-label={label}
        value={value}
        inputmode={numeric ? "numeric" : undefined}
        dir={numeric ? undefined : "auto"}
        autocomplete="off"
      />
      {found.length > 0 && (
        <span id={`${id}-finding`}>
          {found.map(({ level, text }) => (
            <span key={text} class={`finding ${level}`}>{text}</span>
          ))}
        </span>
      )}
    </>
  );
}

interface OwnProps extends VersionFieldsProps {
  letter: Letter;
  variant: Variant;
}

/** A variant's own prompt, model and parameters. */
function Own({ letter, variant, fields, findings, models }: OwnProps) {
  const id = (field: string) => `${letter}.${field}`;
  const { systemPrompt, model, effort, temperature, maxTokens } = variant;
  const about = { findings };
  return (
    <Section
      id={id("own")}
      title={ownTitle(letter)}
      value={ownValues(variant, fields.variants[0])}
      open={findings.some(({ field }) => OWN.some((own) => field === id(own)))}
    >
      <Field id={id("systemPrompt")} label={PLAN.prompt} hint={PLAN.promptHint} {...about}>
        <textarea
          {...described(id("systemPrompt"), findings)}
          class="in"
          rows={10}
          dir="auto"
          spellcheck
        >
          {systemPrompt}
        </textarea>
      </Field>
      <Field id={id("model")} label={PLAN.model} hint={PLAN.modelHint} {...about}>
        <ModelSelect {...described(id("model"), findings)} value={model} models={models} />
      </Field>
      <div class="inline">
        <Field id={id("effort")} label={PLAN.effort} hint={PLAN.effortHint} {...about}>
          <select {...described(id("effort"), findings)} class="in">
            <EffortOptions value={effort} models={models} />
          </select>
        </Field>
        <NumberField
          id={id("temperature")}
          label={PLAN.temperature}
          hint={PLAN.temperatureHint}
          value={temperature}
          keys="decimal"
          {...about}
        />
        <NumberField
          id={id("maxTokens")}
          label={PLAN.longest}
          hint={PLAN.longestHint}
          value={maxTokens}
          keys="numeric"
          {...about}
        />
      </div>
      {fields.variants.length > 2 && (
        <p class="acts">
          <button class="btn quiet" name="drop" value={letter} type="submit">
            {removeVariant(letter)}
          </button>
        </p>
      )}
    </Section>
  );
}

const OWN = ["systemPrompt", "model", "effort", "temperature", "maxTokens"] as const;
