import { randomBytes } from "node:crypto";
import { DEFAULT_TOOLS } from "@/lib/domain/default_tools.ts";
import { keys } from "@/lib/store/keys.ts";
import type { Store } from "@/lib/store/store.ts";
import { TOOL } from "./chat_page.ts";
import { openSite, type Site } from "./site.ts";
import { until } from "./wait.ts";

/** What makes WhatsApp be on. No request goes there: nothing listens on this port. */
export const TWILIO_ENV = {
  TWILIO_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef",
  TWILIO_AUTH_TOKEN: "0123456789abcdef0123456789abcdef",
  TWILIO_PHONE_NUMBER: "+15005550006",
  TWILIO_BASE_URL: "http://127.0.0.1:1",
  PUBLIC_URL: "http://localhost:8000",
  WHATSAPP_DEBOUNCE_MS: "0",
};

/** Offers a tool on WhatsApp, as an admin does. */
export async function offerOnWhatsApp(store: Store, tool = TOOL): Promise<void> {
  await store.tools.seed(DEFAULT_TOOLS("gpt-4o-mini"));
  const { version, tools } = await store.tools.snapshot();
  const found = tools.find(({ id }) => id === tool);
  if (!found) throw new Error(`No tool ${tool}`);
  const whatsapp = { enabled: true, scope: "Anything that the tests ask." };
  await store.tools.change(
    version,
    (tx) => tx.set(keys.tool(tool), { ...found, whatsapp }),
    60_000,
  );
}

/** A site with WhatsApp and one tool offered there. */
export async function openPhoneSite(options: Parameters<typeof openSite>[0] = {}): Promise<Site> {
  const site = await openSite({ ...options, env: { ...TWILIO_ENV, ...options.env } });
  await offerOnWhatsApp(site.world.deps.store);
  return site;
}

/** One of the admin area's own phones: what it says needs no Twilio. */
export class SimulatedPhone {
  constructor(private readonly site: Site, readonly number: string) {}

  /** Says something, and gives what is said to it until that is answered. */
  async says(text: string): Promise<string[]> {
    const { services, deps } = this.site.world;
    const before = (await deps.store.phones.get(this.number))?.next ?? 0;
    const sid = `SM${randomBytes(16).toString("hex")}`;
    await services.whatsapp.receive({ sid, from: this.number, text, media: [], type: "text" });
    await until("an answer on the phone", async () => {
      const phone = await deps.store.phones.get(this.number);
      return phone !== null && phone.answered === phone.arrived;
    });
    return await this.heard(before);
  }

  /** All that was said to it, from a number on. */
  async heard(from = 0): Promise<string[]> {
    const rows = await this.site.world.deps.store.phones.outbox(this.number, 1_000_000, 500);
    return rows.filter(({ n }) => n >= from).map(({ message }) => message.body);
  }
}
