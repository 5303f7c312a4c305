import { runDraft } from "./golden.ts";
import { openWorld } from "./world.ts";

/** Makes a run of a draft, or goes on with one, until it is killed; prints the run's id. */
const [path = "", env = "{}", judge = "people", given = ""] = Deno.args;
const world = await openWorld({ path, env: JSON.parse(env) });
if (given !== "") await world.services.golden.resume(given);
const run = given || await runDraft(world, "GOOD", judge === "model" ? "model" : "people");
await Deno.stdout.write(new TextEncoder().encode(`${run}\n`));
