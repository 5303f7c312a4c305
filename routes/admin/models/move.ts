import { AppError } from "@/lib/platform/errors.ts";
import { adminForm } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define } from "@/lib/web/define.ts";

/** Moves all tools that use an ending model to its replacement, and returns to the tools. */
export const handler = define.handlers({
  /** Opening the address changes nothing. */
  GET: (ctx) => ctx.redirect("/admin", 303),
  async POST(ctx) {
    const form = await adminForm(ctx);
    const { endings } = ctx.state.services.tools;
    try {
      await endings.move(adminOf(ctx.state).email, form.text("model"));
    } catch (error) {
      // Pressed twice, or moved by somebody else: no tool is left to move.
      if (!(error instanceof AppError) || error.kind !== "missing") throw error;
    }
    return ctx.redirect("/admin/tools?done=models", 303);
  },
});
