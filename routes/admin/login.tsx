import { page } from "fresh";
import { LoginPage } from "@/components/admin/Gate.tsx";
import { AppError } from "@/lib/domain/errors.ts";
import {
  adminCookie,
  deviceCookie,
  nextPage,
  setAdminCookie,
  setDeviceCookie,
} from "@/lib/web/admin_session.ts";
import { readForm } from "@/lib/web/body.ts";
import { define } from "@/lib/web/define.ts";
import { problemOf, retryAfterOf } from "@/lib/web/errors.ts";
import { requestIdOf } from "@/lib/web/request_id.ts";
import { addressOf } from "@/lib/web/visit.ts";

const FORM_BYTES = 16 * 1024;

interface Refused {
  email: string;
  next: string;
  refusal: string | null;
}

export const handler = define.handlers({
  GET(ctx) {
    const next = nextPage(ctx.url.searchParams.get("next"));
    if (ctx.state.admin !== null) return ctx.redirect(next, 303);
    return page<Refused>({ email: "", next, refusal: null });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req, FORM_BYTES);
    const email = form.get("email") ?? "";
    const next = nextPage(form.get("next"));
    // The gate lets nobody here while the area is closed.
    const area = ctx.state.services.admin;
    if (area === null) throw new AppError("unavailable", "The admin area is closed.");
    try {
      const { cookie, device } = await area.login.signIn({
        email,
        password: form.get("password") ?? "",
        address: addressOf(ctx),
        userAgent: ctx.req.headers.get("user-agent"),
        replaces: adminCookie(ctx.req, ctx.state),
        device: deviceCookie(ctx.req, ctx.state),
        requestId: requestIdOf(ctx.req),
      });
      const response = ctx.redirect(next, 303);
      response.headers.append("set-cookie", setAdminCookie(cookie, ctx.state));
      response.headers.append("set-cookie", setDeviceCookie(device, ctx.state));
      return response;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Who tries to come in is shown the door, whoever may still be signed in here.
      ctx.state.admin = null;
      const headers = new Headers();
      const seconds = retryAfterOf(error);
      if (seconds !== null) headers.set("retry-after", String(seconds));
      return page<Refused>({ email: email.slice(0, 200), next, refusal: error.message }, {
        status: problemOf(error).status,
        headers,
      });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <LoginPage organisation={state.organisation} {...data} />
));
