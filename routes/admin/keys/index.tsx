import { page } from "fresh";
import { KeysPage } from "@/components/admin/keys/KeysPage.tsx";
import { define } from "@/lib/web/define.ts";
import { keyListData } from "@/lib/web/admin/key_pages.ts";

const DONE: Record<string, string> = {
  changed: "Saved.",
  ended: "The key has ended.",
};

export const handler = define.handlers({
  async GET(ctx) {
    const text = DONE[ctx.url.searchParams.get("done") ?? ""];
    return page(await keyListData(ctx, null, text === undefined ? null : { good: true, text }));
  },
});

export default define.page<typeof handler>(({ data }) => <KeysPage {...data} />);
