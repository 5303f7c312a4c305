import type { ComponentChildren } from "preact";
import type { DashboardView } from "../../../lib/shared/views/report_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { FigureList, todayText } from "./FigureList.tsx";

interface DashboardPageProps {
  view: DashboardView;
  /** The island that keeps the figures up to date. */
  live: ComponentChildren;
}

/** Today at a glance: what it cost beside what it may, how it went, and how the days before were. */
export function DashboardPage({ view, live }: DashboardPageProps) {
  return (
    <AdminPage
      title="Overview"
      lead={<span id="today">{todayText(view)}</span>}
      actions={<a class="button" href="/admin/costs">All costs</a>}
    >
      <div class="live">{live}</div>
      <FigureList view={view} />
    </AdminPage>
  );
}
