import { page } from "fresh";
import { MyDataPage } from "@/components/own/MyDataPage.tsx";
import { define } from "@/lib/web/define.ts";
import { myDataPageData } from "@/lib/web/own/own_pages.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await myDataPageData(ctx), { headers: { "cache-control": "no-store" } });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <MyDataPage organisation={state.organisation} {...data} />
));
