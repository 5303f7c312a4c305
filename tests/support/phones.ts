import type { Provider } from "@/lib/llm/provider.ts";
import type { World } from "@/tests/support/world.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";

export const PUBLIC_URL = "https://helper.example";
export const TUTOR = "general-assistant";

/** The program on a port, connected to a simulated Twilio and phones. */
export interface PhoneWorld extends AsyncDisposable {
  twilio: TwilioSimulator;
  site: Site;
  world: World;
  url: string;
}

/** Offers tools on WhatsApp. */
export async function offer(world: World, ...tools: string[]): Promise<void> {
  for (const id of tools) {
    const tool = await world.deps.store.tools.get(id);
    if (!tool) throw new Error(`No tool ${id}`);
    const whatsapp = { enabled: true, scope: `What ${tool.name} is for` };
    await world.deps.store.tools.put({ ...tool, whatsapp });
  }
}

/** Opens a world with one tool on WhatsApp, which needs no choosing. */
export async function openPhones(options: {
  env?: Record<string, string>;
  path?: string;
  clock?: () => number;
  tools?: readonly string[];
  twilio?: TwilioSimulator;
  provider?: Provider;
} = {}): Promise<PhoneWorld> {
  const { env, path, clock, provider, tools = [TUTOR] } = options;
  const twilio = options.twilio ?? await TwilioSimulator.start();
  const site = await openSite({
    env: {
      ...twilio.env(),
      PUBLIC_URL,
      WHATSAPP_DEBOUNCE_MS: "30",
      RATE_LIMIT_WHATSAPP_PER_MINUTE: "1000",
      ...env,
    },
    ...(path === undefined ? {} : { path }),
    ...(clock === undefined ? {} : { clock }),
    ...(provider === undefined ? {} : { provider }),
  });
  await offer(site.world, ...tools);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    return site.fetch(`${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
    });
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  twilio.connect(url, PUBLIC_URL);
  return {
    twilio,
    site,
    world: site.world,
    url,
    [Symbol.asyncDispose]: async () => {
      await twilio.settled();
      await site[Symbol.asyncDispose]();
      if (!options.twilio) await twilio.close();
      await server.shutdown();
    },
  };
}
