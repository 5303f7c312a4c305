import {
  comparisonMark,
  countText,
  GOLDEN,
  judgedByText,
  runMark,
  runSentence,
  sideCostText,
  sidesText,
  signTestText,
} from "../../../lib/locales/admin/experiments/golden.ts";
import type { GoldenListView } from "../../../lib/shared/views/golden_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Chip } from "../experiments/Chip.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { RunForm, type RunFormProps } from "./RunForm.tsx";

export interface GoldenListPageProps {
  token: string;
  /** What a run can compare; null where there is nothing to compare with. */
  runs: Pick<RunFormProps, "choices" | "chosen" | "prices"> | null;
  timeZone: string;
  view: GoldenListView;
  note: { good: boolean; text: string } | null;
}

/** A tool's examples with the result of the last run, and the form of a new one. */
export function GoldenListPage(props: GoldenListPageProps) {
  const { token, timeZone, view, note } = props;
  const { tools, tool, examples, lastRun, runs, cost } = view;
  const absent = tools.length === 0 ? GOLDEN.noTool : GOLDEN.toolGone;
  return (
    <AdminPage
      title={GOLDEN.title}
      lead={GOLDEN.lead}
      actions={tool && (
        <a class="btn pri" href={`/admin/golden/${tool.id}/new`}>
          <AdminIcon name="plus" />
          {GOLDEN.add}
        </a>
      )}
    >
      <MoreStyles />
      {note && <Note good={note.good}>{note.text}</Note>}
      {tool === null ? <p>{absent}</p> : (
        <div class="stack">
          <form class="filter" method="get">
            <label class="field">
              <span class="sr">{GOLDEN.tool}</span>
              <select class="in" name="tool">
                {tools.map(({ id, name, examples: count }) => (
                  <option key={id} value={id} selected={id === tool.id}>
                    {`${name} (${count})`}
                  </option>
                ))}
              </select>
            </label>
            <button class="btn" type="submit">{GOLDEN.show}</button>
          </form>
          {examples.length === 0
            ? (
              <section class="panel">
                <div class="empty">
                  <AdminIcon name="bubble" />
                  <p>
                    <b>{GOLDEN.none}</b>
                  </p>
                  <p>{GOLDEN.noneAbout}</p>
                </div>
              </section>
            )
            : (
              <>
                {lastRun && <LastRun run={lastRun} timeZone={timeZone} />}
                <Examples {...{ tool: tool.id, examples, lastRun, timeZone, cost }} />
                {props.runs && (
                  <RunForm token={token} tool={tool.id} seen={lastRun?.id ?? ""} {...props.runs} />
                )}
              </>
            )}
          {runs.length > 1 && (
            <details class="more">
              <summary>{GOLDEN.runs}</summary>
              <ul class="rows">
                {runs.map(({ id, at, sides, state, summary }) => (
                  <li key={id}>
                    <a class="row" href={`/admin/golden/${tool.id}/runs/${id}`}>
                      <span class="g">
                        <span class="title">
                          <b>{sidesText(sides)}</b>
                          <Chip mark={runMark({ state, summary, sides })} />
                        </span>
                        <span class="meta">
                          <When at={at} timeZone={timeZone} />
                        </span>
                      </span>
                      <AdminIcon name="next" />
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </AdminPage>
  );
}

function LastRun(
  { run, timeZone }: { run: NonNullable<GoldenListView["lastRun"]>; timeZone: string },
) {
  const href = `/admin/golden/${run.tool.id}/runs/${run.id}`;
  return (
    <section class="panel verdict" aria-labelledby="last-run">
      <div class="title">
        <h2 id="last-run">
          <Chip mark={runMark(run)} />
        </h2>
        <span class="meta">
          {sidesText(run.sides)} · <When at={run.at} timeZone={timeZone} />. {judgedByText(run)}
        </span>
      </div>
      <p class="answer">{runSentence(run)}</p>
      <div class="acts">
        <a class="btn" href={`${href}/judge`}>
          {run.judges.length > 0 ? GOLDEN.judgeAgain : GOLDEN.judgeBlind}
        </a>
        <a class="btn quiet" href={href}>{GOLDEN.result}</a>
        <span class="meta">{signTestText(run.summary.p)}</span>
      </div>
    </section>
  );
}

function Examples(
  { tool, examples, lastRun, timeZone, cost }:
    & Pick<GoldenListView, "examples" | "lastRun" | "cost">
    & { tool: string; timeZone: string },
) {
  const compared = lastRun === null ? GOLDEN.outcome : sidesText(lastRun.sides);
  return (
    <section class="panel">
      <header>
        <h2 id="examples">{countText(examples.length)}</h2>
      </header>
      <table class="t cards" role="table" aria-labelledby="examples">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{GOLDEN.question}</th>
            <th scope="col" role="columnheader">{compared}</th>
            <th scope="col" role="columnheader">{GOLDEN.judgedBy}</th>
            <th scope="col" role="columnheader">{GOLDEN.lastRun}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {examples.map(({ id, question, last }) => (
            <tr key={id} role="row">
              <th scope="row" role="rowheader">
                <a href={`/admin/golden/${tool}/${id}`} class="cut" dir="auto">{question}</a>
              </th>
              <td role="cell" data-l={compared}>
                {last === null ? "–" : <Chip mark={comparisonMark(last.comparison)} />}
              </td>
              <td role="cell" data-l={GOLDEN.judgedBy}>
                <bdi>{last === null ? "–" : last.judges.join(", ") || GOLDEN.model}</bdi>
              </td>
              <td role="cell" data-l={GOLDEN.lastRun}>
                {last === null ? "–" : <When at={last.at} timeZone={timeZone} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cost !== null && <div class="foot">{sideCostText(cost)}</div>}
    </section>
  );
}
