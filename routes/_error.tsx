import { ErrorPage } from "@/components/ErrorPage.tsx";
import { define } from "@/lib/web/define.ts";
import { problemOf, retryAfterOf } from "@/lib/web/errors.ts";

/** What a person sees of an error; the log has the rest. */
export default define.page(({ error, state }) => {
  const problem = problemOf(error);
  return (
    <ErrorPage
      organisation={state.organisation ?? "OBT Helper"}
      status={problem.status}
      detail={problem.detail}
      retryAfterSeconds={retryAfterOf(error) ?? undefined}
    />
  );
});
