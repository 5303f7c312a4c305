import {
  busyText,
  draftLine,
  EXPERIMENT_LIST,
  headMark,
  pausedText,
  rowMeta,
} from "../../../lib/locales/admin/experiments/heads.ts";
import { verdictLine } from "../../../lib/locales/admin/experiments/verdicts.ts";
import type { ExperimentHead, ExperimentList } from "../../../lib/shared/views/experiment_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Note } from "../Note.tsx";
import { Chip } from "./Chip.tsx";
import { type AdminNow, dateOf } from "./days.ts";

interface ExperimentsPageProps extends AdminNow {
  list: ExperimentList;
  /** Success message of the last action. */
  done: string | null;
}

/** All experiments: their answer in a line, those that run first. */
export function ExperimentsPage({ list, done, ...where }: ExperimentsPageProps) {
  const { running, waiting, ended, busyTools } = list;
  const parts = [
    { title: EXPERIMENT_LIST.running, heads: running },
    { title: EXPERIMENT_LIST.waiting, heads: waiting },
    { title: EXPERIMENT_LIST.ended, heads: ended },
  ].filter(({ heads }) => heads.length > 0);
  const isEmpty = parts.length === 0;
  return (
    <AdminPage
      title={EXPERIMENT_LIST.title}
      lead={EXPERIMENT_LIST.lead}
      actions={
        <>
          <a class="btn" href="/admin/tools/import">
            <AdminIcon name="download" />
            {EXPERIMENT_LIST.import}
          </a>
          {!isEmpty && <PlanLink />}
        </>
      }
    >
      <MoreStyles />
      {done !== null && <Note good>{done}</Note>}
      <div class="stack">
        <p class="alert calm">
          <AdminIcon name="info" />
          <span class="g">
            <b>{busyText(busyTools)}</b> {busyTools === 0 ? "" : EXPERIMENT_LIST.others}{" "}
            <a href="/admin/golden">
              {busyTools === 0 ? EXPERIMENT_LIST.goldenFirst : EXPERIMENT_LIST.golden}
            </a>{" "}
            {EXPERIMENT_LIST.afternoon}
          </span>
        </p>
        {isEmpty && (
          <section class="panel">
            <div class="empty">
              <AdminIcon name="flask" />
              <p>
                <b>{EXPERIMENT_LIST.none}</b>
              </p>
              <p>{EXPERIMENT_LIST.noneAbout}</p>
              <p class="acts">
                <PlanLink />
              </p>
            </div>
          </section>
        )}
        {parts.map(({ title, heads }) => (
          <section key={title} class="panel">
            <header>
              <h2>{title}</h2>
            </header>
            <ul class="rows">
              {heads.map((head) => <Row key={head.id} head={head} where={where} />)}
            </ul>
          </section>
        ))}
      </div>
    </AdminPage>
  );
}

function PlanLink() {
  return (
    <a class="btn pri" href="/admin/experiments/new">
      <AdminIcon name="plus" />
      {EXPERIMENT_LIST.plan}
    </a>
  );
}

function Row({ head, where }: { head: ExperimentHead; where: AdminNow }) {
  const { id, name, endedAt } = head;
  return (
    <li>
      <a class="row" href={`/admin/experiments/${id}`}>
        <span class="g">
          <span class="title">
            <b dir="auto">{name}</b>
            <Chip mark={headMark(head)} />
          </span>
          {lineOf(head, where)}
          <span class="meta" dir="auto">
            {rowMeta(head, endedAt === null ? null : dateOf(endedAt, where))}
          </span>
        </span>
        <AdminIcon name="next" />
      </a>
    </li>
  );
}

/** The answer, or why there is none. */
function lineOf(head: ExperimentHead, where: AdminNow): string {
  const { state, verdict, pausedAt, measure } = head;
  if (state === "draft") return draftLine(head);
  if (state === "paused" && pausedAt !== null) return pausedText(head, dateOf(pausedAt, where));
  return verdict ? verdictLine(verdict, measure, state === "ended") : "";
}
