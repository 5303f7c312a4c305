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
import { problemOf, problemResponse, retryAfterOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

const LOGIN = "/admin/login";
/** What an open page asks for by itself, every few seconds. */
const FIGURES = "/admin/figures";

/**
 * The gate of the area: nothing below it runs, and nothing of it is said, for
 * who is not signed in. What fails inside is explained within the area's frame.
 */
export default define.middleware(async (ctx) => {
  const area = ctx.state.services.admin;
  if (area === null) {
    if (isScript(ctx)) {
      return problemResponse(
        new AppError("denied", { code: "admin.not_configured" }),
        readerOf(ctx),
      );
    }
    return await ctx.render(<ClosedPage />, { status: 403 });
  }
  try {
    const opened = await area.sessions.resume(adminCookie(ctx.req, ctx.state), {
      byItself: ctx.route === FIGURES,
    });
    ctx.state.admin = opened && { ...opened.session, csrf: maskedToken(opened.session.csrf) };
    if (opened === null && ctx.route !== LOGIN) return await turnedAway(ctx);
    return renewed(ctx, await ctx.next(), opened);
  } catch (error) {
    return await explained(ctx, error);
  }
});

/** To the login; a change that came too late is not made, and its page says so. */
async function turnedAway(ctx: Context<State>): Promise<Response> {
  if (isScript(ctx)) {
    await ctx.req.body?.cancel();
    return signedOutProblem();
  }
  if (ctx.req.method === "GET" || ctx.req.method === "HEAD") {
    const next = ctx.url.pathname === "/admin" ? "" : ctx.url.pathname + ctx.url.search;
    const query = next === "" ? "" : `?${new URLSearchParams({ next })}`;
    return ctx.redirect(LOGIN + query, 303);
  }
  return await ctx.render(<SignedOutPage kept={await keptOf(ctx)} />, { status: 401 });
}

/** What a form said that came too late. Only of who was signed in with this very cookie it is read at all. */
async function keptOf(ctx: Context<State>) {
  const { admin } = ctx.state.services;
  const ended = await admin?.sessions.ended(adminCookie(ctx.req, ctx.state));
  if (!ended) {
    await ctx.req.body?.cancel();
    return null;
  }
  const form = await lateForm(ctx, ended.csrf);
  return form && { email: ended.email, form };
}

/** Whether a script asks, which has no use for a page. */
function isScript(ctx: Context<State>): boolean {
  return /^(application\/json|text\/event-stream)/.test(ctx.req.headers.get("accept") ?? "");
}

/** Gives the browser its next token, unless the answer says something of that cookie itself. */
function renewed(ctx: Context<State>, response: Response, opened: OpenedSession | null): Response {
  if (!opened?.cookie || response.headers.has("set-cookie")) return response;
  const copy = new Response(response.body, response);
  copy.headers.append("set-cookie", setAdminCookie(opened.cookie, ctx.state));
  return copy;
}

async function explained(ctx: Context<State>, error: unknown): Promise<Response> {
  const problem = problemOf(error, readerOf(ctx));
  if (problem.status >= 500) {
    ctx.state.services.deps.log("error", "The admin area failed", {
      path: ctx.route,
      error: error instanceof Error ? error.message : typeof error,
    });
  }
  if (isScript(ctx)) return problemResponse(error, readerOf(ctx));
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
    />,
    { status, headers },
  );
}
