import { Fragment } from "preact";
import {
  ENDS,
  endsText,
  INCLUDES,
  includeText,
  MEASURES,
  PLAN,
  rateTodayText,
} from "../../../lib/locales/admin/experiments/plan.ts";
import type { ExperimentFields } from "../../../lib/shared/views/experiment_view.ts";
import type { Finding } from "../../../lib/shared/views/tool_admin_view.ts";
import { described, Field } from "../tools/editor/Field.tsx";

interface MeasureFieldsProps {
  fields: ExperimentFields;
  findings: readonly Finding[];
  /** The chosen measure's rate today; null when it is not known. */
  rate: number | null;
}

/** What counts as a success, whom it counts for and how long. */
export function MeasureFields({ fields, findings, rate }: MeasureFieldsProps) {
  const { measure, phrase, turns, include, days, guard } = fields;
  return (
    <section class="panel" aria-labelledby="counts">
      <header>
        <h2 id="counts">{PLAN.counts}</h2>
      </header>
      <div class="pad form">
        <fieldset class="pick" id="measure">
          <legend class="sr">{PLAN.measure}</legend>
          {MEASURES.map(({ code, name, about }) => (
            <Fragment key={code}>
              <label>
                <input type="radio" name="measure" value={code} checked={code === measure} />
                <span>
                  <b>{name}</b>
                  <span class="meta">
                    {about}
                    {code === measure && rate !== null && ` ${rateTodayText(rate)}`}
                  </span>
                </span>
              </label>
              {code === "phrase" && (
                <Own id="phrase" label={PLAN.phrase} value={phrase} findings={findings} />
              )}
              {code === "turns" && (
                <Own id="turns" label={PLAN.turns} value={turns} findings={findings} numeric />
              )}
            </Fragment>
          ))}
        </fieldset>
        <div class="inline">
          <Field id="include" label={PLAN.include} findings={findings}>
            <Choice
              id="include"
              value={include}
              of={INCLUDES}
              other={includeText}
              findings={findings}
            />
          </Field>
          <Field id="days" label={PLAN.ends} findings={findings}>
            <Choice id="days" value={days} of={ENDS} other={endsText} findings={findings} />
          </Field>
        </div>
        <label class="check">
          <input type="checkbox" name="guard" checked={guard} />
          <span>
            {PLAN.guard}
            <span class="hint">{PLAN.guardHint}</span>
          </span>
        </label>
      </div>
    </section>
  );
}

interface OwnProps {
  id: string;
  label: string;
  value: string;
  findings: readonly Finding[];
  numeric?: boolean;
}

/** A field of the measure above it; out of sight while another is chosen. */
function Own({ id, label, value, findings, numeric = false }: OwnProps) {
  const found = findings.filter(({ field }) => field === id);
  return (
    <>
      <input
        {...described(id, findings, false)}
        class="in"
        aria-label={label}
        placeholder={label}
        value={value}
        inputmode={numeric ? "numeric" : undefined}
        dir={numeric ? undefined : "auto"}
        autocomplete="off"
      />
      {found.length > 0 && (
        <div id={`${id}-finding`}>
          {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
        </div>
      )}
    </>
  );
}

interface ChoiceProps {
  id: string;
  value: string;
  of: readonly [value: string, name: string][];
  /** Name of a value beside the usual ones. */
  other: (value: string) => string;
  findings: readonly Finding[];
}

function Choice({ id, value, of, other, findings }: ChoiceProps) {
  const known = of.some(([each]) => each === value);
  return (
    <select {...described(id, findings, false)} class="in">
      {!known && <option value={value} selected>{other(value)}</option>}
      {of.map(([each, name]) => (
        <option key={each} value={each} selected={each === value}>{name}</option>
      ))}
    </select>
  );
}
