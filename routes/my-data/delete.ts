import { AppError } from "@/lib/platform/errors.ts";
import { furtherDeviceCookie } from "@/lib/web/device_cookie.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { forgettingHeaders } from "@/lib/web/own/forgetting.ts";
import { define } from "@/lib/web/define.ts";

/** Deletes all of the visitor's data, and what this browser keeps of it. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    if (form.get("confirm") !== "yes") throw new AppError("invalid", { code: "page.outdated" });
    const { cookies, device, secure, visitor, services } = ctx.state;
    if (visitor !== null) { while (!(await services.visitors.delete(visitor.id)).done); }
    // The next visit is a new visitor's.
    ctx.state.visitor = null;
    const headers = new Headers({ location: "/my-data?deleted", "cache-control": "no-store" });
    // A further device has shown another's data: its own stays, and is shown from now on.
    if (device === null) headers.append("set-cookie", cookies.ended(secure));
    headers.append("set-cookie", furtherDeviceCookie(null, secure));
    for (const [name, value] of forgettingHeaders(secure, "next")) headers.append(name, value);
    return new Response(null, { status: 303, headers });
  },
});
