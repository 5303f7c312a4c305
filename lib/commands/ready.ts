import { listenAddress } from "../config/admin.ts";
import type { Config } from "../config.ts";

const PAUSE_MS = 100;
const LIMIT_MS = 60_000;

/** `ready`: waits until the server with these settings answers; 1 when it does not in a minute. */
export async function ready(config: Config): Promise<number> {
  const { port, hostname } = listenAddress(config);
  const host = hostname === "0.0.0.0" || hostname === "::" ? "localhost" : hostname;
  const address = `http://${host.includes(":") ? `[${host}]` : host}:${port}/api/live`;
  const end = performance.now() + LIMIT_MS;
  while (performance.now() < end) {
    if (await answers(address)) return 0;
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
  return 1;
}

async function answers(address: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(address, { signal: AbortSignal.timeout(PAUSE_MS * 20) });
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}
