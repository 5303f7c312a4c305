import {
  EXPERIMENT_LIST,
  pausedText,
  stateMark,
} from "../../../lib/locales/admin/experiments/heads.ts";
import { makeText, REPORT, unaskedText } from "../../../lib/locales/admin/experiments/report.ts";
import { sharesText } from "../../../lib/locales/admin/experiments/verdicts.ts";
import type { ExperimentReport, Letter } from "../../../lib/shared/views/experiment_view.ts";
import type { FieldChange } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { MenuAction, MenuLink } from "../MenuEntries.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";
import { Changes } from "../tools/Changes.tsx";
import { Chip } from "./Chip.tsx";
import { type AdminNow, dateOf } from "./days.ts";
import { EffectChart } from "./EffectChart.tsx";
import { ToolAway } from "./PlanWithoutToolPage.tsx";
import { ShareForm, type TypedShares } from "./ShareForm.tsx";
import { RatioChecks, TrustPanels } from "./TrustPanels.tsx";
import { MoreFigures, VariantTable } from "./VariantTable.tsx";
import { VerdictPanel } from "./VerdictPanel.tsx";

export interface ExperimentReportPageProps {
  token: string;
  timeZone: string;
  now: number;
  report: ExperimentReport;
  /** Of the experiment, as it was read. */
  revision: number;
  /** What differs between each variant and A. */
  differences: readonly { letter: Letter; changes: FieldChange[] }[];
  note: { good: boolean; text: string } | null;
  /** Shares that were typed and refused. */
  typed: TypedShares | null;
}

/** An experiment's report: the answer, then the figures, then how far they may be trusted. */
export function ExperimentReportPage(props: ExperimentReportPageProps) {
  const where = { timeZone: props.timeZone, now: props.now };
  const { token, report, revision, differences, note, typed } = props;
  const { head, series, arms } = report;
  const { verdict, state, pausedAt, measure } = head;
  const told = verdict?.code === "unfair" ? "unfair" : verdict?.code === "thin" ? "thin" : "told";
  return (
    <AdminPage
      title={head.name}
      parent={{ href: "/admin/experiments", label: EXPERIMENT_LIST.title }}
      marks={<Chip mark={stateMark(head)} />}
      lead={reportLead(report, where)}
      actions={<Actions report={report} token={token} />}
    >
      <MoreStyles />
      {note && <Note good={note.good}>{note.text}</Note>}
      <div class="stack">
        {head.tool.place !== "tools" && <ToolAway place={head.tool.place} />}
        {state === "paused" && pausedAt !== null && (
          <p class={head.pause?.code === "guard" ? "alert" : "alert calm"}>
            <AdminIcon name="pause" />
            <span class="g" dir="auto">{pausedText(head, dateOf(pausedAt, where))}</span>
          </p>
        )}
        {report.unasked.length > 0 && (
          <p class="alert">
            <AdminIcon name="alert" />
            <span class="g" dir="auto">{unaskedText(report.unasked)}</span>
          </p>
        )}
        <VerdictPanel report={report} where={where} token={token} />
        {told === "told" &&
          series.map((each) => <EffectChart key={each.letter} series={each} measure={measure} />)}
        {told === "unfair" && <RatioChecks report={report} where={where} />}
        <VariantTable report={report} />
        {told === "told" && <TrustPanels report={report} where={where} />}
        <section class="panel">
          <details class="sec">
            <summary>
              <h2>{REPORT.differences}</h2>
              <span class="meta" dir="auto">
                {arms.filter(({ note }) => note !== "").map(({ letter, note }) =>
                  `${letter}: ${note}`
                ).join(" · ")}
              </span>
              <AdminIcon name="chevron" />
            </summary>
            <div class="pad stack">
              {differences.map((each) => <Differences key={each.letter} {...each} />)}
            </div>
          </details>
          <details class="sec">
            <summary>
              <h2>{REPORT.moreFigures}</h2>
              <span class="meta">{REPORT.moreFiguresAbout}</span>
              <AdminIcon name="chevron" />
            </summary>
            <MoreFigures report={report} />
          </details>
          {(state === "running" || state === "paused") && (
            <ShareForm token={token} arms={arms} revision={revision} typed={typed} />
          )}
        </section>
      </div>
    </AdminPage>
  );
}

/** Tool, days, shares and measure in a line. */
export function reportLead({ head, arms, include }: ExperimentReport, where: AdminNow) {
  const { tool, startedAt, endedAt } = head;
  return (
    <>
      {tool.place === "tools"
        ? <a href={`/admin/tools/${tool.id}`} dir="auto">{tool.name}</a>
        : <bdi>{tool.name}</bdi>}
      {startedAt !== null && ` · ${REPORT.started(dateOf(startedAt, where))}`}
      {endedAt !== null && ` · ${REPORT.ended(dateOf(endedAt, where))}`}
      {` · ${sharesText(arms, include)}`}
    </>
  );
}

function Differences({ letter, changes }: ExperimentReportPageProps["differences"][number]) {
  return (
    <section>
      <h3>{REPORT.against(letter)}</h3>
      {changes.length === 0
        ? <p class="meta">{REPORT.same}</p>
        : <Changes changes={changes} before="A" after={letter} />}
    </section>
  );
}

function Actions({ report, token }: { report: ExperimentReport; token: string }) {
  const { head: { id, state, name, promoted, tool }, arms } = report;
  const others = arms.map(({ letter }) => letter).filter((letter) => letter !== "A");
  const path = `/admin/experiments/${id}`;
  const goesOn = state === "running" || state === "paused";
  return (
    <>
      {goesOn && (
        <AdminForm token={token}>
          <button
            class="btn"
            name="action"
            value={state === "running" ? "pause" : "resume"}
            type="submit"
          >
            {state === "running" ? REPORT.pause : REPORT.resume}
          </button>
        </AdminForm>
      )}
      <details class="menu" name="menu">
        <summary class="icon-btn">
          <AdminIcon name="dots" />
          <span class="sr">{REPORT.moreFor(name)}</span>
        </summary>
        <AdminForm token={token}>
          <ul>
            <li class="of" aria-hidden="true" dir="auto">{name}</li>
            <MenuLink href={`${path}/print`} icon="page">{REPORT.print}</MenuLink>
            <MenuLink href={`${path}/csv`} icon="download">{REPORT.csv}</MenuLink>
            {promoted === null && tool.place === "tools" && others.map((letter) => (
              <li key={letter}>
                <button name="promote" value={letter} type="submit">
                  <AdminIcon name="check" />
                  <span>{makeText(letter)}</span>
                </button>
              </li>
            ))}
            {goesOn && (
              <>
                <li class="rule" aria-hidden="true" />
                <MenuAction value="end" icon="power">{REPORT.endUnchanged}</MenuAction>
              </>
            )}
          </ul>
        </AdminForm>
      </details>
    </>
  );
}
