import type { Measured, Plan, Target } from "./load.ts";
import { startDeno } from "./process.ts";
import { startFloor, startProgram, startUpstream } from "./servers.ts";

const sat: Plan = { connections: 32, seconds: 3, tokens: 50, firstMs: 0, gapMs: 0 };
const llm256: Plan = { connections: 256, seconds: 4, tokens: 100, firstMs: 200, gapMs: 20 };
const llm1000: Plan = { ...llm256, connections: 1000 };
const plans: Record<string, Plan> = { sat32: sat, llm256, llm1000 };
const [which = "sat32", rounds = "2", only = ""] = Deno.args;

async function run(target: Target, plan: Plan): Promise<Measured> {
  const child = startDeno("other", ["run", "-A", new URL("load.ts", import.meta.url).pathname, JSON.stringify(target), JSON.stringify(plan)], {}, "piped");
  const out = await child.output();
  return JSON.parse(new TextDecoder().decode(out.stdout));
}
const folder = await Deno.makeTempDir();
const up = await startUpstream();
const floor = await startFloor(up, folder);
const program = await startProgram(up, folder, Deno.env.get("FLAGS")?.split(" "));
const targets: Target[] = ([
  { kind: "direct", port: up.port, pid: up.pid },
  { kind: "floor", port: floor.port, pid: floor.pid },
  { kind: "new visitor", port: program.port, pid: program.pid },
  { kind: "returning visitor", port: program.port, pid: program.pid },
] as Target[]).filter((t) => !only || only.split(",").includes(t.kind));
for (const w of which.split(",")) {
for (let r = 0; r < Number(rounds); r++) {
  for (const t of targets) {
    const m = await run(t, plans[w]!);
    const f = (n: number | null) => n?.toFixed(2) ?? "-";
    console.log(w, r, t.kind.padEnd(18), f(m.perSecond), "chats/s  cpu", f(m.cpuMs), "ms  first", f(m.firstMs), f(m.firstMs99), " mem", f(m.memoryMb), m.chats, m.errors);
  }
}
}
await program.stop(); await floor.stop(); await up.stop();
await Deno.remove(folder, { recursive: true });
