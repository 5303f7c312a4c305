import type { Context } from "fresh";
import { KeptFormPage } from "@/components/admin/KeptForm.tsx";
import { AdminError, ClosedPage, SignedOutPage } from "@/components/admin/Gate.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import type { OpenedSession } from "@/lib/admin/sessions.ts";
import { lateForm } from "@/lib/web/admin/admin_form.ts";
import { adminCookie, setAdminCookie, signedOutProblem } from "@/lib/web/admin/admin_session.ts";
import { maskedToken } from "@/lib/web/admin/admin_token.ts";
import { define, type State } from "@/lib/web/define.ts";
import { StaleForm } from "@/lib/web/admin/kept_form.ts";
import { noteError, requestIdOf } from "@/lib/web/edge/request_record.ts";
import { codeOf, problemOf, problemResponse, retryAfterOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

const LOGIN = "/admin/login";
/** Polled by an open page: does not extend the session. */
const FIGURES = "/admin/figures";

/**
 * Admin gate: signed-out requests reach nothing below and learn nothing of it.
 * Errors inside are rendered within the area's frame.
 */
export default define.middleware(async (ctx) => {
  const area = ctx.state.services.admin;
  if (area === null) {
    if (isScriptRequest(ctx)) {
      return problemResponse(new AppError("denied", { code: "admin.not_configured" }), ctx);
    }
    return await ctx.render(<ClosedPage />, { status: 403 });
  }
  try {
    const opened = await area.sessions.resume(adminCookie(ctx.req, ctx.state), {
      byItself: ctx.route === FIGURES,
    });
    ctx.state.admin = opened && { ...opened.session, csrf: maskedToken(opened.session.csrf) };
    if (opened === null && ctx.route !== LOGIN) return await signedOut(ctx);
    return withRenewedCookie(ctx, await ctx.next(), opened);
  } catch (error) {
    return await errorResponse(ctx, error);
  }
});

/** Redirects to the login; a late form changes nothing and is kept on its page. */
async function signedOut(ctx: Context<State>): Promise<Response> {
  if (isScriptRequest(ctx)) {
    await ctx.req.body?.cancel();
    return signedOutProblem();
  }
  if (ctx.req.method === "GET" || ctx.req.method === "HEAD") {
    const next = ctx.url.pathname === "/admin" ? "" : ctx.url.pathname + ctx.url.search;
    const query = next === "" ? "" : `?${new URLSearchParams({ next })}`;
    return ctx.redirect(LOGIN + query, 303);
  }
  return await ctx.render(<SignedOutPage kept={await keptFormOf(ctx)} />, { status: 401 });
}

/** Reads a late form, only if this cookie had a session. */
async function keptFormOf(ctx: Context<State>) {
  const { admin } = ctx.state.services;
  const ended = await admin?.sessions.ended(adminCookie(ctx.req, ctx.state));
  if (!ended) {
    await ctx.req.body?.cancel();
    return null;
  }
  const form = await lateForm(ctx, ended.csrf);
  return form && { email: ended.email, form };
}

/** Requests from scripts get problem details instead of a page. */
function isScriptRequest(ctx: Context<State>): boolean {
  return /^(application\/json|text\/event-stream)/.test(ctx.req.headers.get("accept") ?? "");
}

/** Sets the rotated session cookie, unless the response sets one itself. */
function withRenewedCookie(
  ctx: Context<State>,
  response: Response,
  opened: OpenedSession | null,
): Response {
  if (!opened?.cookie || response.headers.has("set-cookie")) return response;
  const copy = new Response(response.body, response);
  copy.headers.append("set-cookie", setAdminCookie(opened.cookie, ctx.state));
  return copy;
}

async function errorResponse(ctx: Context<State>, error: unknown): Promise<Response> {
  const problem = problemOf(error, readerOf(ctx));
  if (problem.status >= 500) {
    ctx.state.services.deps.log("error", "Admin request failed", {
      path: ctx.route,
      error: error instanceof Error ? error.message : typeof error,
    });
  }
  noteError(ctx.req, codeOf(error));
  if (isScriptRequest(ctx)) return problemResponse(error, ctx);
  if (error instanceof StaleForm && error.kept !== null && ctx.state.admin !== null) {
    const { csrf: token } = ctx.state.admin;
    return await ctx.render(<KeptFormPage token={token} kept={error.kept} />, { status: 403 });
  }
  const headers = new Headers();
  const seconds = retryAfterOf(error);
  if (seconds !== null) headers.set("retry-after", String(seconds));
  const { status, title, detail } = problem;
  return await ctx.render(
    <AdminError
      status={status}
      title={title}
      detail={detail}
      signedIn={ctx.state.admin !== null}
      reference={requestIdOf(ctx.req)}
    />,
    { status, headers },
  );
}
