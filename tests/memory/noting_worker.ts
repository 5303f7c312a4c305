import { openWorld } from "@/tests/support/world.ts";

/** Notes what is over on a store, as a process of its own; the model's answers decide how long. */
const [path = "", baseUrl = "", now = ""] = Deno.args;
const world = await openWorld({
  path,
  clock: () => Number(now),
  env: { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: baseUrl },
});
await world.services.memory.rounds.round();
await Deno.stdout.write(new TextEncoder().encode("done\n"));
setInterval(() => {}, 60_000);
