import { becomesText, makeText, REPORT } from "../../../lib/locales/admin/experiments/report.ts";
import {
  verdictLead,
  verdictMark,
  verdictText,
} from "../../../lib/locales/admin/experiments/verdicts.ts";
import type {
  ExperimentReport,
  ExperimentVerdict,
} from "../../../lib/shared/views/experiment_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { type AdminNow, dateOf, dateOfDay } from "./days.ts";

interface VerdictPanelProps {
  report: ExperimentReport;
  where: AdminNow;
  /** CSRF token of the session; null on paper, without actions. */
  token: string | null;
}

/** The answer, as a sentence for anybody, and what can be done about it. */
export function VerdictPanel({ report, where, token }: VerdictPanelProps) {
  const { head, arms, checks, daysToFirst, seenOn } = report;
  const { verdict, measure, state, endedAt } = head;
  if (verdict === null) return null;
  const running = state === "running" || state === "paused";
  const mark = verdictMark(verdict, !running);
  const about = {
    arms,
    daysToFirst,
    seenOn: seenOn === null ? null : dateOfDay(seenOn, where),
    sharesChanged: checks.some(({ code }) => code === "shares_changed"),
    running,
  };
  return (
    <section class="panel verdict" aria-labelledby="verdict">
      <div class="title">
        <h2 id="verdict" class={`chip ${mark.kind}`.trim()}>{mark.text}</h2>
        <span class="meta">{dateOf(endedAt ?? where.now, where)}</span>
      </div>
      <p class="answer" dir="auto">{verdictText(verdict, measure, !running)}</p>
      <p class="lead" dir="auto">{verdictLead(verdict, measure, about)}</p>
      {token !== null && isOpen(head) && (
        <Actions
          report={report}
          verdict={verdict}
          token={token}
        />
      )}
    </section>
  );
}

/** Whether its answer can still be put to use. */
function isOpen({ state, verdict, promoted, tool }: ExperimentReport["head"]): boolean {
  if (tool.place !== "tools") return false;
  return state !== "ended" ||
    promoted === null && verdict?.code === "better" && verdict.winner !== "A";
}

interface ActionsProps {
  report: ExperimentReport;
  verdict: ExperimentVerdict;
  token: string;
}

function Actions({ report, verdict, token }: ActionsProps) {
  const { head: { state, tool } } = report;
  if (verdict.code === "thin" || verdict.code === "open") {
    return (
      <p class="acts">
        <a class="btn" href={`/admin/golden?tool=${tool.id}`}>{REPORT.goldenInstead}</a>
      </p>
    );
  }
  const letRun = <a class="btn" href="/admin/experiments">{REPORT.letRun}</a>;
  if (verdict.code === "better" && verdict.winner !== "A") {
    return (
      <AdminForm token={token} class="acts">
        <button class="btn pri" name="promote" value={verdict.winner} type="submit">
          {makeText(verdict.winner)}
        </button>
        {state !== "ended" && letRun}
        <span class="meta">{becomesText(report)}</span>
      </AdminForm>
    );
  }
  if (verdict.code === "unfair") {
    return state === "paused" ? null : (
      <AdminForm token={token} class="acts">
        <button class="btn pri" name="action" value="pause" type="submit">
          {REPORT.pauseForA}
        </button>
      </AdminForm>
    );
  }
  return (
    <AdminForm token={token} class="acts">
      <button class="btn pri" name="action" value="end" type="submit">{REPORT.endUnchanged}</button>
      {letRun}
    </AdminForm>
  );
}
