import {
  ratioCheckLine,
  REPORT,
  statisticLines,
  type TrustLine,
  trustLines,
} from "../../../lib/locales/admin/experiments/report.ts";
import type { ExperimentReport } from "../../../lib/shared/views/experiment_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { type AdminNow, dateOf } from "./days.ts";

interface TrustPanelsProps {
  report: ExperimentReport;
  where: AdminNow;
}

/** How far the report may be trusted, and its figures for somebody who knows statistics. */
export function TrustPanels({ report, where }: TrustPanelsProps) {
  const { startedAt } = report.head;
  const fixedOn = startedAt === null ? "" : dateOf(startedAt, where);
  return (
    <div class="cols two">
      <TrustList title={REPORT.trust} lines={trustLines(report)} />
      <section class="panel">
        <header>
          <h2>{REPORT.statistics}</h2>
        </header>
        <dl class="kv pad">
          {statisticLines(report, fixedOn).flatMap(([term, value]) => [
            <dt key={term}>{term}</dt>,
            <dd key={`${term}-value`}>{value}</dd>,
          ])}
        </dl>
      </section>
    </div>
  );
}

/** Possible causes of an unfair split. */
export function RatioChecks({ report, where }: TrustPanelsProps) {
  const { checks, arms } = report;
  const shares = arms.map(({ share }) => share);
  const lines = checks.map((check) => ratioCheckLine(check, shares, (at) => dateOf(at, where)));
  return lines.length === 0 ? null : <TrustList title={REPORT.whatToCheck} lines={lines} />;
}

function TrustList({ title, lines }: { title: string; lines: readonly TrustLine[] }) {
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      <ul class="rows">
        {lines.map(({ good, title, about, href }) => (
          <li key={title} class="row wrap">
            <span class={good ? "good-t" : undefined}>
              <AdminIcon name={good ? "check" : "alert"} />
            </span>
            <span class="g">
              <b>{title}</b>
              <span class="meta">{about}</span>
            </span>
            {href !== undefined && <a class="btn" href={href}>{REPORT.show}</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}
