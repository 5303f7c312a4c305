import type { ComponentChildren } from "preact";
import { AdminPage } from "../AdminPage.tsx";
import { FigureList, type FigureListProps, todayText } from "./FigureList.tsx";
import { Needs, type NeedsProps } from "./Needs.tsx";

interface DashboardPageProps
  extends Pick<FigureListProps, "view" | "month">, Omit<NeedsProps, "models"> {
  /** Island that refreshes the figures. */
  live: ComponentChildren;
}

/** Overview: today's costs, what needs somebody, and the tools by spend. */
export function DashboardPage({ view, month, live, ...needs }: DashboardPageProps) {
  return (
    <AdminPage
      title="Overview"
      lead={<span id="today">{todayText(view)}</span>}
      actions={<div class="acts live">{live}</div>}
    >
      <FigureList
        view={view}
        month={month}
        needs={<Needs {...needs} models={view.paused} />}
      />
    </AdminPage>
  );
}
