import type { Context } from "fresh";
import { deviceNumber } from "../../people/rules/device_name.ts";
import type { DeviceCodeView, DeviceView } from "../../shared/views/own_view.ts";
import { qrCode } from "../../whatsapp/linking/qr_code.ts";
import type { State } from "../define.ts";
import { ownAddress } from "./own_address.ts";

/** The visitor's devices, and a code that was just made. */
export async function devicePageData(ctx: Context<State>, code: string | null) {
  const { device, visitor, services: { own, deps } } = ctx.state;
  const listed = device !== null || visitor === null ? [] : await own.devices.list(visitor.id);
  return {
    further: device !== null,
    devices: listed.map(({ id, name, at, confirmed }): DeviceView => ({
      id,
      name,
      at,
      confirmed,
      number: deviceNumber(id),
    })),
    code: code === null ? null : codeView(ctx, code),
    simulated: deps.provider.simulated,
    timeZone: deps.config.TIME_ZONE,
  };
}

function codeView(ctx: Context<State>, code: string): DeviceCodeView {
  const address = ownAddress(ctx, `/device/redeem?code=${code}`);
  return { address, qr: qrCode(address) };
}
