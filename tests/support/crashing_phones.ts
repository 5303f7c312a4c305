import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { openStore } from "@/lib/stores.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { offer, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";

export const ADA = "+41791234567";

/** A message that a killed process may not have sent is sent again after a minute of looking. */
const IDLE_MS = 120_000;

/** A program in a separate process, to be killed and restarted on the same store. */
export async function openCrashing(path: string, env: Record<string, string> = {}) {
  const twilio = await TwilioSimulator.start();
  {
    await using world = await openWorld({ path });
    await offer(world, TUTOR);
  }
  let server: Server | null = null;
  const start = async () => {
    server = await startServer({
      kvPath: path,
      env: {
        ...twilio.env(),
        PUBLIC_URL,
        WHATSAPP_DEBOUNCE_MS: "20",
        RATE_LIMIT_WHATSAPP_PER_MINUTE: "1000",
        MOCK_PACE_MS: "5",
        ...env,
      },
    });
    twilio.connect(server.url, PUBLIC_URL);
  };
  const kill = async () => {
    server?.kill("SIGKILL");
    await server?.[Symbol.asyncDispose]();
    server = null;
  };
  /** Ends the process as a deployment does. */
  const end = async () => {
    server?.kill("SIGTERM");
    await server?.exited;
    await server?.[Symbol.asyncDispose]();
    server = null;
  };
  await start();
  const store = await openStore({ path, report: () => {} });
  return {
    twilio,
    ada: twilio.phone(ADA),
    store,
    start,
    kill,
    end,
    rows: async () => (await store.phones.outbox(ADA, 100, 100)).map(({ message }) => message),
    own: async () => (await store.phones.get(ADA))?.own ?? "",
    /** Waits until nothing is left to do; then the books must be right. */
    idle: async () => {
      await until("all work done", async () => (await store.phones.work()).length === 0, IDLE_MS);
      assertEquals((await checkLedger(store)).difference, null);
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      await store.close();
      await twilio.close();
    },
  };
}
