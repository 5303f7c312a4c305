import type { ComponentChildren } from "preact";
import { EXPERIMENT_LIST } from "../../../lib/locales/admin/experiments/heads.ts";
import { barText, PLAN } from "../../../lib/locales/admin/experiments/plan.ts";
import type { ExperimentFields, PlanForecast } from "../../../lib/shared/views/experiment_view.ts";
import type { Finding, ModelOption } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { MenuAction } from "../MenuEntries.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";
import { described, Field } from "../tools/editor/Field.tsx";
import { FindingsPanel } from "../tools/editor/FindingsPanel.tsx";
import { ForecastPanel } from "./ForecastPanel.tsx";
import { PLAN_FORM, type PlanDraftOfferProps, planPlace } from "./PlanDraftOffer.tsx";
import { MeasureFields } from "./MeasureFields.tsx";
import { VersionFields } from "./VersionFields.tsx";

export interface ExperimentPlanPageProps {
  token: string;
  /** Null before the first save. */
  id: string | null;
  /** The id that the first save gives it. */
  newId: string;
  tool: { id: string; name: string; version: number };
  fields: ExperimentFields;
  /** Of the draft, as it was read; 0 before the first save. */
  revision: number;
  findings: readonly Finding[];
  models: readonly ModelOption[];
  forecast: PlanForecast;
  /** It was started since the form was opened. */
  started: boolean;
  note: { good: boolean; text: string } | null;
  /** How the fields came: as stored, just saved, or typed and not saved. */
  input: "stored" | "saved" | "typed";
}

interface WithKeeper extends ExperimentPlanPageProps {
  /** The island that keeps what is typed. */
  keeper: (props: PlanDraftOfferProps) => ComponentChildren;
}

/** Plan of an experiment that has not started: versions, measure, and what it would find. */
export function ExperimentPlanPage(props: WithKeeper) {
  const { token, id, newId, tool, fields, revision, findings, models, forecast } = props;
  const { started, note, input, keeper } = props;
  const [main, about] = barText(forecast);
  const action = id === null ? undefined : `/admin/experiments/${id}`;
  return (
    <AdminPage
      title={id === null || fields.name === "" ? PLAN.title : fields.name}
      parent={{ href: "/admin/experiments", label: EXPERIMENT_LIST.title }}
      marks={id !== null && !started && <span class="chip">Draft</span>}
      lead={<a href={`/admin/tools/${tool.id}`} dir="auto">{tool.name}</a>}
      actions={id !== null && !started && (
        <DraftMenu token={token} action={action} name={fields.name} />
      )}
    >
      <MoreStyles />
      {note && <Note good={note.good}>{note.text}</Note>}
      {keeper({
        place: planPlace(id, tool.id),
        stale: input === "saved" ? [null, id].map((each) => planPlace(each, tool.id)) : [],
        unsaved: input === "typed",
      })}
      <AdminForm token={token} id={PLAN_FORM} action={action} class="cols main" noValidate>
        {/* Enter in a field asks for the forecast, and neither adds nor starts anything. */}
        <button type="submit" name="action" value="reckon" hidden />
        <input type="hidden" name="tool" value={tool.id} />
        {id === null && <input type="hidden" name="draft" value={newId} />}
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="variants" value={fields.variants.length} />
        <div class="stack">
          {findings.length > 0 && <FindingsPanel findings={findings} />}
          <section class="panel pad">
            <Field id="name" label={PLAN.name} hint={PLAN.nameHint} findings={findings}>
              <input
                {...described("name", findings)}
                class="in"
                value={fields.name}
                dir="auto"
                autocomplete="off"
              />
            </Field>
          </section>
          <VersionFields
            fields={fields}
            findings={findings}
            models={models}
            version={tool.version}
          />
          <MeasureFields fields={fields} findings={findings} rate={forecast.rate} />
        </div>
        <ForecastPanel forecast={forecast} tool={tool.id} />
      </AdminForm>
      <div class="save" role="region" aria-label={PLAN.title}>
        <p>
          <b>{main}</b> <span class="meta">{about}</span>
        </p>
        {started && id !== null
          ? <a class="btn pri" href={`/admin/experiments/${id}`}>{PLAN.openReport}</a>
          : (
            <>
              <button class="btn" type="submit" form={PLAN_FORM} name="action" value="save">
                {PLAN.saveDraft}
              </button>
              <button class="btn pri" type="submit" form={PLAN_FORM} name="action" value="start">
                {PLAN.start}
              </button>
            </>
          )}
      </div>
    </AdminPage>
  );
}

function DraftMenu(
  { token, action, name }: { token: string; action: string | undefined; name: string },
) {
  return (
    <details class="menu" name="menu">
      <summary class="icon-btn">
        <AdminIcon name="dots" />
        <span class="sr">{PLAN.more(name)}</span>
      </summary>
      <AdminForm token={token} action={action}>
        <ul>
          <li class="of" aria-hidden="true" dir="auto">{name}</li>
          <MenuAction value="remove" icon="trash">{PLAN.remove}</MenuAction>
        </ul>
      </AdminForm>
    </details>
  );
}
