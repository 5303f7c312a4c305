import { page } from "fresh";
import { DevicePage } from "@/components/own/DevicePage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { devicePageData } from "@/lib/web/own/device_pages.ts";
import { furtherDeviceCookie } from "@/lib/web/device_cookie.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { forgettingHeaders } from "@/lib/web/own/forgetting.ts";
import { visit } from "@/lib/web/visit.ts";

const HEADERS = { "cache-control": "no-store" };

export const handler = define.handlers({
  /** The further devices; `?waiting` answers 200 while one waits, and 204 otherwise. */
  async GET(ctx) {
    const data = await devicePageData(ctx, null);
    if (!ctx.url.searchParams.has("waiting")) return page(data, { headers: HEADERS });
    const waits = data.devices.some(({ confirmed }) => !confirmed);
    return new Response(null, { status: waits ? 200 : 204, headers: HEADERS });
  },
  /** Shows a code, confirms or ends a device, or leaves on a further one. */
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { device, secure, services } = ctx.state;
    const { devices } = services.own;
    const action = form.get("action");
    const id = form.get("device") ?? "";
    if (device !== null) {
      if (action !== "leave") throw new AppError("denied", { code: "device.not_first" });
      await devices.end(device.visitor, device.id);
      const headers = new Headers([["location", "/"], ...forgettingHeaders(secure, "next")]);
      headers.append("set-cookie", furtherDeviceCookie(null, secure));
      return new Response(null, { status: 303, headers });
    }
    const visitor = visit(ctx).id;
    if (action === "confirm") await devices.confirm(visitor, id);
    else if (action === "end") await devices.end(visitor, id);
    else {
      const { code } = await devices.offer(visitor);
      return page(await devicePageData(ctx, code), { headers: HEADERS });
    }
    return ctx.redirect("/device", 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <DevicePage organisation={state.organisation} {...data} />
));
