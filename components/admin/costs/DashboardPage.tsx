import type { ComponentChildren } from "preact";
import type { WhatsAppOverview } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { FigureList, type FigureListProps, todayText } from "./FigureList.tsx";
import { Needs } from "./Needs.tsx";

interface DashboardPageProps extends Pick<FigureListProps, "view" | "month"> {
  whatsapp: WhatsAppOverview;
  /** Island that refreshes the figures. */
  live: ComponentChildren;
}

/** Overview: today's costs, what needs somebody, and the tools by spend. */
export function DashboardPage({ view, month, whatsapp, live }: DashboardPageProps) {
  return (
    <AdminPage
      title="Overview"
      lead={<span id="today">{todayText(view)}</span>}
      actions={<div class="acts live">{live}</div>}
    >
      <FigureList
        view={view}
        month={month}
        needs={<Needs whatsapp={whatsapp} models={view.paused} />}
      />
    </AdminPage>
  );
}
