import { hasNginx, startNginx } from "@/tests/flood/nginx.ts";
import { startRetryingProxy } from "./retrying_proxy.ts";

/** A proxy in front of two servers. */
export interface Front extends AsyncDisposable {
  name: string;
  url: string;
  /** Trusts the proxy's certificate. */
  fetch: typeof fetch;
}

export interface FrontKind {
  /** The servers' PUBLIC_URL. */
  origin: string;
  start(...ports: readonly [number, number]): Promise<Front>;
}

/** Addresses of the clients, as nginx limits the connections of each. */
const ADDRESSES = 20;

/** nginx as in deploy/nginx, without https; a stand-in where it is not installed. */
export const PLAIN: FrontKind = {
  origin: "http://helper.test",
  start: async (...ports) => {
    const nginx = await hasNginx();
    const proxy = await (nginx ? startNginx(...ports) : startRetryingProxy(...ports));
    const clients = Array.from(
      { length: ADDRESSES },
      (_, i) => Deno.createHttpClient({ localAddress: `127.0.1.${i + 1}` }),
    );
    let requests = 0;
    return {
      name: nginx ? "nginx" : "a stand-in",
      fetch: (input, init) => {
        const client = clients[requests++ % ADDRESSES];
        return fetch(input, { ...init, ...(client ? { client } : {}) });
      },
      url: `http://127.0.0.1:${proxy.port}`,
      [Symbol.asyncDispose]: async () => {
        for (const client of clients) client.close();
        await proxy[Symbol.asyncDispose]();
      },
    };
  },
};
