import { page } from "fresh";
import { ErrorPage } from "@/components/ui/ErrorPage.tsx";
import { DEFAULT_SETTINGS } from "@/lib/settings/rules/settings.ts";
import { define } from "@/lib/web/define.ts";
import { noteError, requestIdOf } from "@/lib/web/edge/request_record.ts";
import { codeOf, problemOf, problemResponse, retryAfterOf } from "@/lib/web/errors.ts";
import { readerOf } from "@/lib/web/reader.ts";

/** API requests get problem details, all others the error page. */
export const handler = define.handlers((ctx) => {
  if (ctx.url.pathname.startsWith("/api/")) return problemResponse(ctx.error, ctx);
  noteError(ctx.req, codeOf(ctx.error));
  const { type, status, detail } = problemOf(ctx.error, readerOf(ctx));
  // A bare status has no detail; the page's own text is better.
  const told = type === `/problems/http-${status}` ? undefined : detail;
  const seconds = retryAfterOf(ctx.error);
  const headers: HeadersInit = seconds === null ? {} : { "retry-after": String(seconds) };
  const reference = requestIdOf(ctx.req);
  return page({ status, detail: told, seconds, reference }, { status, headers });
});

/** The public error page; the details are in the log. */
export default define.page<typeof handler>(({ data, state }) => (
  <ErrorPage
    organisation={state.organisation ?? DEFAULT_SETTINGS.organisation.name}
    status={data.status}
    detail={data.detail}
    retryAfterSeconds={data.seconds ?? undefined}
    reference={data.reference === "" ? undefined : data.reference}
  />
));
