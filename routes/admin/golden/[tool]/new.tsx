import { page } from "fresh";
import { ExampleFormPage } from "@/components/admin/golden/ExampleFormPage.tsx";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { exampleData, storeExample } from "@/lib/web/admin/golden_pages.ts";
import { define } from "@/lib/web/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await exampleData(ctx, { id: null }));
  },
  async POST(ctx) {
    const stored = await storeExample(ctx, await adminForm(ctx), null);
    if (stored.to !== undefined) return ctx.redirect(stored.to, 303);
    return page(stored.data, { status: stored.status });
  },
});

export default define.page<typeof handler>(({ data }) => <ExampleFormPage {...data} />);
