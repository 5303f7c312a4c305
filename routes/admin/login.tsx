import { page } from "fresh";
import { LoginPage } from "@/components/admin/Gate.tsx";
import { KeptFormPage } from "@/components/admin/KeptForm.tsx";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import type { KeptFormView } from "@/lib/shared/views/admin_view.ts";
import {
  adminCookie,
  deviceCookie,
  nextPage,
  setAdminCookie,
  setDeviceCookie,
} from "@/lib/web/admin/admin_session.ts";
import { maskedToken } from "@/lib/web/admin/admin_token.ts";
import { readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { retryAfterOf, statusOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";
import { KEPT_FIELD, KEPT_FORM_BYTES, readKeptForm } from "@/lib/web/admin/kept_form.ts";
import { requestIdOf } from "@/lib/web/edge/request_record.ts";
import { limitAddress } from "@/lib/web/visit.ts";

const FORM_BYTES = 16 * 1024;

type Data = {
  email: string;
  next: string;
  refusal: string | null;
  kept: KeptFormView | null;
} | { token: string; back: KeptFormView };

export const handler = define.handlers({
  GET(ctx) {
    const next = nextPage(ctx.url.searchParams.get("next"));
    if (ctx.state.admin !== null) return ctx.redirect(next, 303);
    return page<Data>({ email: "", next, refusal: null, kept: null });
  },
  async POST(ctx) {
    // Unreachable: the gate answers while the area is closed.
    const area = ctx.state.services.admin;
    if (area === null) throw new AppError("denied", { code: "admin.closed" });
    // Only a cookie with a former session may bring a kept form, which needs the larger limit.
    const ended = await area.sessions.ended(adminCookie(ctx.req, ctx.state));
    const form = await readForm(ctx.req, ended === null ? FORM_BYTES : KEPT_FORM_BYTES);
    const email = form.get("email") ?? "";
    const next = nextPage(form.get("next"));
    const kept = ended && readKeptForm(form.get(KEPT_FIELD));
    try {
      const { cookie, device, session } = await area.login.signIn({
        email,
        password: form.get("password") ?? "",
        address: limitAddress(ctx),
        userAgent: ctx.req.headers.get("user-agent"),
        replaces: adminCookie(ctx.req, ctx.state),
        device: deviceCookie(ctx.req, ctx.state),
        requestId: requestIdOf(ctx.req),
      });
      const cookies = [setAdminCookie(cookie, ctx.state), setDeviceCookie(device, ctx.state)];
      if (kept !== null && session.email === ended?.email) {
        const token = maskedToken(session.csrf);
        ctx.state.admin = { ...session, csrf: token };
        const headers = new Headers();
        for (const value of cookies) headers.append("set-cookie", value);
        return page<Data>({ token, back: kept }, { headers });
      }
      const response = ctx.redirect(next, 303);
      for (const value of cookies) response.headers.append("set-cookie", value);
      return response;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // A failed login shows the login page, even if another session is still open here.
      ctx.state.admin = null;
      const headers = new Headers();
      const seconds = retryAfterOf(error);
      if (seconds !== null) headers.set("retry-after", String(seconds));
      return page<Data>({
        email: email.slice(0, 200),
        next,
        refusal: errorText(error.told, readerOf(ctx)),
        kept,
      }, {
        status: statusOf(error),
        headers,
      });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) =>
  "back" in data
    ? <KeptFormPage token={data.token} kept={data.back} />
    : <LoginPage organisation={state.organisation} {...data} />
);
