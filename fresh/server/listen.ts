import type { Handler } from "./handle.ts";
import { announce } from "./log.ts";
import type { ListenOptions } from "./types.ts";

const PORTS = Array.from({ length: 20 }, (_, i) => 8000 + i);

/** Resolves once the app listens; without a port, on the first free one from 8000. */
export async function listen(handler: Handler, options: ListenOptions): Promise<void> {
  const ports = options.port === undefined ? PORTS : [options.port];
  let taken: unknown;
  for (const port of ports) {
    try {
      const { promise, resolve } = Promise.withResolvers<void>();
      const onListen = (at: Deno.NetAddr) => {
        (options.onListen ?? say)(at);
        resolve();
      };
      Deno.serve({ ...options, onListen, port }, handler);
      return await promise;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      taken ??= error;
    }
  }
  throw taken;
}

function say({ hostname, port }: Deno.NetAddr): void {
  const name = hostname === "0.0.0.0" || hostname === "127.0.0.1" ? "localhost" : hostname;
  announce(`Listening on http://${name}:${port}/`);
}
