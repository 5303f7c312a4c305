import { page } from "fresh";
import { DoctorPage } from "@/components/admin/DoctorPage.tsx";
import { countFindings } from "@/lib/doctor/doctor.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";
import type { DoctorFinding } from "@/lib/locales/admin/doctor.ts";

const shown = (token: string, findings: DoctorFinding[] | null) => ({
  token,
  findings,
  counts: countFindings(findings ?? []),
});

export const handler = define.handlers({
  GET: (ctx) => page(shown(adminOf(ctx.state).csrf, null)),
  async POST(ctx) {
    await adminForm(ctx);
    const { email, csrf } = adminOf(ctx.state);
    return page(shown(csrf, await ctx.state.services.doctor.run(email)));
  },
});

export default define.page<typeof handler>(({ data }) => <DoctorPage {...data} />);
