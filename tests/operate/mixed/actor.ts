import { PUBLIC_URL } from "@/tests/support/phones.ts";

/** One kind of load on a program that is killed meanwhile. */
export interface Actor {
  /** Acts for one round against running servers; returns when it is done, or was cut off. */
  round(urls: readonly string[]): Promise<void>;
  /** Errors in what became of all that was acknowledged, once nothing runs any more. */
  judge(): Promise<string[]>;
  figures(): Record<string, number>;
}

/** Addresses behind a trusted proxy, so that no limit of an address counts. */
let addresses = 0;

/** Requests as a browser sends them through the proxy; keeps its cookies. */
export class Browser {
  private cookie = "";
  private readonly address = `10.9.${addresses >> 8 & 255}.${addresses++ & 255}`;

  async fetch(url: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("x-forwarded-for", this.address);
    headers.set("origin", PUBLIC_URL);
    if (this.cookie !== "") headers.set("cookie", this.cookie);
    const answer = await fetch(url + path, { redirect: "manual", ...init, headers });
    const [set] = answer.headers.getSetCookie();
    if (set) this.cookie = set.split(";", 1)[0] ?? "";
    return answer;
  }
}

/** Runs requests of a round until a server is gone; other errors are errors of the run. */
export async function untilCutOff(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isCutOff(error)) throw error;
  }
}

/** Whether a request failed since its server was killed. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError || error instanceof Deno.errors.Http ||
    error instanceof Deno.errors.ConnectionReset ||
    (error instanceof Error && /connection|body|stream/i.test(error.message));
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

export function pick<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("Nothing to choose from");
  return one;
}
