import { serveKvConnect } from "./kv_connect.ts";

/**
 * Runs the server in a separate process: prints its address, and its counts for each input line.
 */
if (import.meta.main) {
  const [token = "", lose = "0"] = Deno.args;
  const encoder = new TextEncoder();
  const say = (line: string) => Deno.stdout.writeSync(encoder.encode(`${line}\n`));
  const server = serveKvConnect(token, { lose: Number(lose) });
  say(server.url);
  for await (const _ of Deno.stdin.readable) say(JSON.stringify(server.counts));
  Deno.exit(0);
}
