import { page } from "fresh";
import { EndedSharePage, SharedPage } from "@/components/own/SharedPage.tsx";
import { define } from "@/lib/web/define.ts";
import { SHARED_HEADERS, sharedPageData } from "@/lib/web/own/shared_pages.ts";

export const handler = define.handlers({
  /** A shared conversation, for anybody with its link; needs no cookie. */
  async GET(ctx) {
    const shown = await sharedPageData(ctx);
    return page({ shown }, { status: shown ? 200 : 404, headers: SHARED_HEADERS });
  },
});

export default define.page<typeof handler>(({ data: { shown }, state }) =>
  shown === null
    ? <EndedSharePage organisation={state.organisation} />
    : <SharedPage organisation={state.organisation} {...shown} />
);
