import { type Context, page } from "fresh";
import { SimulatorPage } from "@/components/admin/whatsapp/SimulatorPage.tsx";
import { errorText } from "@/lib/locales/errors/error_text.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { BURST, LARGEST_PICTURE, type SimulatedPicture } from "@/lib/whatsapp/desk/simulator.ts";
import { adminForm, type FormFields } from "@/lib/web/admin/admin_form.ts";
import { adminOf } from "@/lib/web/admin/admin_session.ts";
import { define, type State } from "@/lib/web/define.ts";
import { readerOf } from "@/lib/web/reader.ts";

const PATH = "/admin/whatsapp/simulator";
/** A picture plus the form around it. */
const FORM_BYTES = LARGEST_PICTURE + 64 * 1024;

export const handler = define.handlers({
  async GET(ctx) {
    return page(await shown(ctx, null));
  },
  async POST(ctx) {
    // The simulator has its own rate limit.
    const form = await adminForm(ctx, { maxBytes: FORM_BYTES, counts: false });
    const { simulator } = ctx.state.services;
    const { email } = adminOf(ctx.state);
    try {
      switch (form.text("action")) {
        case "reset":
          await simulator.reset(email);
          break;
        case "five":
          await simulator.say(email, BURST);
          break;
        case "send":
          await simulator.say(email, [form.text("word") || form.text("text")], await picture(form));
          break;
        default:
          throw new AppError("invalid", { code: "action.unknown" });
      }
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "limited"].includes(error.kind)) throw error;
      return page(await shown(ctx, errorText(error.told, readerOf(ctx))), {
        status: error.kind === "limited" ? 429 : 422,
      });
    }
    return ctx.redirect(`${PATH}#message`, 303);
  },
});

async function shown(ctx: Context<State>, note: string | null) {
  const { simulator, deps } = ctx.state.services;
  const { email, csrf } = adminOf(ctx.state);
  return {
    view: await simulator.view(email),
    token: csrf,
    timeZone: deps.config.TIME_ZONE,
    note,
  };
}

async function picture(form: FormFields): Promise<SimulatedPicture | null> {
  const file = form.file("picture");
  if (file === null) return null;
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) {
    throw new AppError("invalid", { code: "simulator.picture" });
  }
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type };
}

export default define.page<typeof handler>(({ data }) => <SimulatorPage {...data} />);
