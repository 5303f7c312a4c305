import type { ComponentChildren } from "preact";
import {
  comparisonMark,
  GOLDEN,
  judgedByText,
  progressText,
  runMark,
  runSentence,
  sidesText,
  signTestText,
  spentText,
  stopText,
} from "../../../lib/locales/admin/experiments/golden.ts";
import type { GoldenRowView, GoldenRunView } from "../../../lib/shared/views/golden_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Chip } from "../experiments/Chip.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";

interface GoldenRunPageProps {
  token: string;
  timeZone: string;
  run: GoldenRunView;
  /** Island that loads the page again when there is more. */
  progress: ComponentChildren;
  /** What went wrong with the form. */
  wrong: string | null;
}

/** A run: its answer, then each example. */
export function GoldenRunPage({ token, timeZone, run, progress, wrong }: GoldenRunPageProps) {
  const { tool, sides, state, rows, summary, at, by, stop, lacking } = run;
  const judgeable = rows.some(({ failed: { a, b } }) => a === false && b === false);
  return (
    <AdminPage
      title={sidesText(sides)}
      parent={{ href: `/admin/golden?tool=${tool.id}`, label: GOLDEN.title }}
      marks={<Chip mark={runMark(run)} />}
      lead={
        <>
          {tool.name} · <bdi>{by}</bdi> · <When at={at} timeZone={timeZone} />
        </>
      }
    >
      <MoreStyles />
      {wrong !== null && <Note good={false}>{wrong}</Note>}
      <div class="stack">
        <section class="panel verdict" aria-labelledby="answer">
          <h2 id="answer" class="answer">
            {state === "running" ? progressText(run) : runSentence(run)}
          </h2>
          <p class="meta">
            {stopText(run)} {stop?.code === "budget" && stop.opensAt !== null && (
              <>
                {GOLDEN.opensAt} <When at={stop.opensAt} timeZone={timeZone} />.{" "}
              </>
            )}
            {judgedByText(run)} {spentText(run)} {signTestText(summary.p)}
          </p>
          <div class="acts">
            {judgeable && (
              <a class="btn pri" href={`/admin/golden/${tool.id}/runs/${run.id}/judge`}>
                {run.judges.length > 0 ? GOLDEN.judgeAgain : GOLDEN.judgeBlind}
              </a>
            )}
            {state === "running" && (
              <a class="btn" href={`/admin/golden/${tool.id}/runs/${run.id}`}>{GOLDEN.look}</a>
            )}
            <AdminForm token={token}>
              {state === "running"
                ? (
                  <button class="btn quiet" type="submit" name="action" value="stop">
                    {GOLDEN.stop}
                  </button>
                )
                : (state !== "done" || lacking > 0) && (
                  <button class="btn" type="submit" name="action" value="resume">
                    {GOLDEN.resume}
                  </button>
                )}
              <button class="btn quiet" type="submit" name="action" value="remove">
                {GOLDEN.removeRun}
              </button>
            </AdminForm>
          </div>
          {progress}
        </section>
        <section class="panel">
          <table class="t cards" role="table" aria-labelledby="answer">
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">{GOLDEN.question}</th>
                <th scope="col" role="columnheader">{GOLDEN.outcome}</th>
                <th scope="col" role="columnheader">{GOLDEN.judgedBy}</th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map((row) => <Row key={row.example} row={row} tool={tool.id} />)}
            </tbody>
          </table>
        </section>
      </div>
    </AdminPage>
  );
}

function Row({ row, tool }: { row: GoldenRowView; tool: string }) {
  const { example, question, comparison, judges, byModel, why, failed } = row;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/admin/golden/${tool}/${example}`} class="cut" dir="auto">{question}</a>
      </th>
      <td role="cell" data-l={GOLDEN.outcome}>
        {failed.a || failed.b
          ? <Chip mark={{ text: GOLDEN.failed, kind: "warn" }} />
          : <Chip mark={comparisonMark(comparison)} />}
        {why !== "" && <span class="meta worded" dir="auto">{why}</span>}
      </td>
      <td role="cell" data-l={GOLDEN.judgedBy}>
        <bdi>{judges.join(", ") || (byModel ? GOLDEN.model : "–")}</bdi>
      </td>
    </tr>
  );
}
