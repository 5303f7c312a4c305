import { page } from "fresh";
import { ErrorPage } from "@/components/ErrorPage.tsx";
import { define } from "@/lib/web/define.ts";
import { problemOf, retryAfterOf } from "@/lib/web/errors.ts";

export const handler = define.handlers((ctx) => {
  const { status, detail } = problemOf(ctx.error);
  const seconds = retryAfterOf(ctx.error);
  const headers: HeadersInit = seconds === null ? {} : { "retry-after": String(seconds) };
  return page({ status, detail, seconds }, { status, headers });
});

/** What a person sees of an error; the log has the rest. */
export default define.page<typeof handler>(({ data, state }) => (
  <ErrorPage
    organisation={state.organisation ?? "OBT Helper"}
    status={data.status}
    detail={data.detail}
    retryAfterSeconds={data.seconds ?? undefined}
  />
));
