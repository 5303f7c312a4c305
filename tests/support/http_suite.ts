import { type Server, type ServerOptions, startServer } from "./server.ts";

/** Tests without a browser that share one server. */
export function httpSuite(options: ServerOptions = {}) {
  let server: Server | undefined;
  Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());
  return (name: string, run: (server: Server) => Promise<void>) =>
    Deno.test({
      name,
      // The server outlives each test.
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        server ??= await startServer(options);
        await run(server);
      },
    });
}
