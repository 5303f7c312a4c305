import { createRequire } from "node:module";
import { builtScript } from "./lib/commands/build.ts";

interface ServerScript extends Pick<typeof import("./main.ts"), "serve"> {
  handlerOf: Parameters<ServerScript["serve"]>[0];
}

/*
 * Serves the last build. This hands the script to V8 as it is. By `import`, or by a call that is
 * named `require`, Deno would parse it first and keep that memory: twice as much in all
 * (docs/decisions/0018-one-script.md).
 */
const load = createRequire(import.meta.url);
const { serve, handlerOf }: ServerScript = load(
  builtScript(new URL("./", import.meta.url)),
);
await serve(handlerOf);
