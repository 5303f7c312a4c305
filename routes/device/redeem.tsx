import { page } from "fresh";
import { RedeemPage } from "@/components/own/DevicePage.tsx";
import { deviceName, deviceNumber } from "@/lib/people/rules/device_name.ts";
import { furtherDeviceCookie, sentDevice } from "@/lib/web/device_cookie.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";

const HEADERS = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

export const handler = define.handlers({
  /** Asks before a code is redeemed; without a code, shows whether this device is confirmed. */
  async GET(ctx) {
    const { secure, services } = ctx.state;
    const { devices } = services.own;
    const { simulated } = services.deps.provider;
    const code = ctx.url.searchParams.get("code");
    if (code !== null) {
      const valid = await devices.isValid(code);
      return page({ code: valid ? code : null, pending: null, simulated }, {
        status: valid ? 200 : 404,
        headers: HEADERS,
      });
    }
    const sent = sentDevice(ctx.req.headers.get("cookie"), secure);
    const device = sent && await devices.of(sent.token);
    const waits = device?.confirmed === false;
    if (ctx.url.searchParams.has("waiting")) {
      return new Response(null, { status: waits ? 204 : 200, headers: HEADERS });
    }
    if (device?.confirmed) return ctx.redirect("/history", 303);
    return page({ code: null, pending: device && deviceNumber(device.id), simulated }, {
      status: device ? 200 : 404,
      headers: HEADERS,
    });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { secure, services, visitor } = ctx.state;
    const name = deviceName(ctx.req.headers.get("user-agent") ?? "");
    const token = await services.own.devices.redeem(
      form.get("code") ?? "",
      name,
      visitor?.id ?? null,
    );
    const headers = {
      location: "/device/redeem",
      "set-cookie": furtherDeviceCookie({ token, wasConfirmed: false }, secure),
    };
    return new Response(null, { status: 303, headers });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <RedeemPage organisation={state.organisation} {...data} />
));
