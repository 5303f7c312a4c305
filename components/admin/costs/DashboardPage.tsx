import type { ComponentChildren } from "preact";
import type { DashboardView } from "../../../lib/shared/views/report_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { FigureList, todayText } from "./FigureList.tsx";

interface DashboardPageProps {
  view: DashboardView;
  /** Island that refreshes the figures. */
  live: ComponentChildren;
}

/** Overview: today's costs against the ceiling, quality, and the days before. */
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
