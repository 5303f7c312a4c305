import { type Context, page } from "fresh";
import { BackupPage, type BackupPageProps } from "@/components/admin/backups/BackupPage.tsx";
import { RESTORE_REFUSED } from "@/lib/locales/admin/backups.ts";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf, deviceCookie } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import { requestIdOf } from "@/lib/web/edge/request_record.ts";
import { retryAfterOf, statusOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { limitAddress } from "@/lib/web/visit.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await backupData(ctx, "", null));
  },
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { byHand } = ctx.state.services.backups;
    const { email } = adminOf(ctx.state);
    const name = ctx.params.backup ?? "";
    const action = form.text("action");
    if (action === "remove") {
      await byHand.remove(email, name);
      return ctx.redirect("/admin/backups?done=removed", 303);
    }
    if (action !== "restore") throw new AppError("invalid", { code: "action.unknown" });
    const sure = form.text("sure");
    if (!isSame(sure, ctx.state.organisation)) {
      const refusal = { field: "sure" as const, text: RESTORE_REFUSED.name };
      return page(await backupData(ctx, sure, refusal), { status: 422 });
    }
    try {
      await confirmed(ctx, form);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const headers = new Headers();
      const seconds = retryAfterOf(error);
      if (seconds !== null) headers.set("retry-after", String(seconds));
      const text = errorText(error.told, readerOf(ctx));
      const data = await backupData(ctx, sure, { field: "password", text });
      return page(data, { status: statusOf(error), headers });
    }
    await byHand.begin(email, "restore", name);
    return ctx.redirect("/admin/backups", 303);
  },
});

/** @throws {AppError} as a sign-in */
async function confirmed(ctx: Context<State>, form: FormFields): Promise<void> {
  await ctx.state.services.admin?.login.confirm({
    email: adminOf(ctx.state).email,
    password: form.text("password"),
    address: limitAddress(ctx),
    device: deviceCookie(ctx.req, ctx.state),
    requestId: requestIdOf(ctx.req),
  });
}

const isSame = (typed: string, name: string) =>
  typed.normalize().trim().toLowerCase() === name.normalize().trim().toLowerCase();

async function backupData(
  ctx: Context<State>,
  sure: string,
  refusal: BackupPageProps["refusal"],
): Promise<BackupPageProps> {
  const { backups: { byHand }, deps } = ctx.state.services;
  const row = await byHand.row(ctx.params.backup ?? "");
  const [since, { job, rows }] = await Promise.all([byHand.since(row.at), byHand.view()]);
  const proven = rows.filter(({ provenAt }) => provenAt !== null);
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    now: deps.clock(),
    row,
    since,
    job,
    onlyProven: proven.length === 1 && row.provenAt !== null,
    organisation: ctx.state.organisation,
    sure,
    refusal,
  };
}

export default define.page<typeof handler>(({ data }) => <BackupPage {...data} />);
