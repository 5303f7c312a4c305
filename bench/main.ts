import { Builder } from "fresh/dev";
import type { OwnFigures } from "./conversations.ts";
import type { PageFigures } from "./dashboard.ts";
import type { Measured, Plan, Target } from "./load.ts";
import { busySeconds, cpuSeconds, startDeno } from "./process.ts";
import { type Server, startFloor, startGateway, startProgram, startUpstream } from "./servers.ts";
import { scriptBytes } from "./size.ts";
import { median } from "./statistics.ts";
import type { Acknowledged } from "./whatsapp.ts";

/*
 * The benchmarks: `deno task bench [ROUNDS] [sat32,llm256,llm1000,processes,whatsapp,
 * page,own,dashboard,size]`.
 * Each figure is a ratio of medians measured in one run, its sides taking turns, since machines and
 * their other load ("cores busy") differ. The server runs on one core, load and upstream on the
 * other. For comparison with a gateway see startGateway.
 */
const SAT: Plan = { connections: 32, seconds: 4, tokens: 50, firstMs: 0, gapMs: 0 };
const PACED: Plan = { connections: 256, seconds: 5, tokens: 100, firstMs: 200, gapMs: 20 };
const SHARED: Plan = { ...PACED, connections: 64, seconds: 12 };
const WHATSAPP = { phones: 1_000, perSecond: 200, seconds: 15 };
const CROWD: Plan = { ...PACED, connections: 1000 };

type Kind = Target["kind"];
type Servers = Partial<Record<Kind, Server & { headers?: string }>>;
type Results = Map<Kind, Measured[]>;
const here = new URL(".", import.meta.url).pathname;
const rounds = Number(Deno.args[0] ?? 3);
const only = Deno.args[1]?.split(",");
const wanted = (part: string) => only === undefined || only.includes(part);
const missed: string[] = [];

function say(text: string): void {
  // deno-lint-ignore no-console -- a program for the terminal
  console.log(text);
}

function tell(what: string, value: number, unit: string, goal?: [sign: "≤" | "≥", limit: number]) {
  const met = goal === undefined || (goal[0] === "≤" ? value <= goal[1] : value >= goal[1]);
  if (!met) missed.push(what);
  const told = goal === undefined ? "" : `goal ${goal[0]} ${goal[1]}  ${met ? "met" : "MISSED"}`;
  say(`  ${what.padEnd(58)}${value.toFixed(2).padStart(9)} ${unit.padEnd(4)} ${told}`);
}

async function output(
  args: string[],
  core: "measured" | "other",
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout, success } = await startDeno(core, ["run", "-A", ...args], env, "piped").output();
  if (!success) throw new Error(`${args[0]} failed`);
  return new TextDecoder().decode(stdout).trim().split("\n").at(-1) ?? "";
}

/** Runs a plan against several targets in turn, several times. */
async function measure(name: string, plan: Plan, servers: Servers) {
  const results: Results = new Map();
  say(`\n${name}: ${plan.connections} connections, ${plan.tokens} tokens a chat`);
  const sides = Object.entries(servers);
  for (let round = 0; round < rounds; round++) {
    for (const [kind, server] of sides) {
      const target = { kind, port: server.port, pid: server.pid };
      const before = [busySeconds(), cpuSeconds(server.pid), performance.now()] as const;
      const line = await output(
        [`${here}load.ts`, JSON.stringify(target), JSON.stringify(plan)],
        "other",
        { GATEWAY_HEADERS: server.headers ?? "[]" },
      );
      const measured: Measured = JSON.parse(line);
      const kindOf = kind as Kind; // Object.entries loses the type of the keys
      results.set(kindOf, [...results.get(kindOf) ?? [], measured]);
      const seconds = (performance.now() - before[2]) / 1000;
      const busy = (busySeconds() - before[0]) / seconds;
      say(
        `  ${kind.padEnd(18)}${measured.perSecond.toFixed(0).padStart(6)} chats/s` +
          `${measured.cpuMs.toFixed(2).padStart(7)} ms CPU${
            measured.firstMs.toFixed(1).padStart(8)
          }` +
          ` ms first token${measured.memoryMb.toFixed(0).padStart(5)} MB   cores busy ${
            busy.toFixed(1)
          }${measured.errors.length > 0 ? `   ERRORS ${measured.errors[0]}` : ""}`,
      );
    }
    // Rotates the order, so that no target always follows the same one.
    sides.push(...sides.splice(0, 1));
  }
  const errors = [...results.values()].flat().reduce((sum, { errors }) => sum + errors.length, 0);
  const of = (kind: Kind, field: Exclude<keyof Measured, "errors">) =>
    median((results.get(kind) ?? []).map((measured) => measured[field]));
  tell("errors", errors, "", ["≤", 0]);
  return of;
}

async function chats(folder: string): Promise<void> {
  const upstream = await startUpstream();
  const floor = await startFloor(upstream, folder);
  const program = await startProgram(upstream, folder);
  const both = { "new visitor": program, "returning visitor": program };
  const gateway = await startGateway(upstream);
  const peer: Servers = gateway === null ? {} : { gateway };
  if (wanted("sat32")) {
    const of = await measure("sat32", SAT, { floor, ...both, ...peer });
    const rate = of("new visitor", "perSecond") / of("floor", "perSecond");
    tell("chats a second, to the floor's", rate, "x", ["≥", 3]);
    const cpu = of("new visitor", "cpuMs") / of("floor", "cpuMs");
    tell("CPU a chat, to the floor's", cpu, "x");
  }
  if (wanted("llm256")) {
    const of = await measure("llm256", PACED, { direct: upstream, floor, ...both, ...peer });
    const later = laterOf(of, "new visitor");
    tell("first token after the upstream's (median)", later, "ms", ["≤", 3]);
    tell(
      "the floor's, for how noisy it was",
      laterOf(of, "floor"),
      "ms",
    );
    const cpu = of("new visitor", "cpuMs") / of("floor", "cpuMs");
    tell("CPU a chat, to the floor's", cpu, "x", ["≤", 0.8]);
    if (gateway !== null) {
      tell("first token, to the gateway's", later / laterOf(of, "gateway"), "x", ["≤", 1 / 15]);
      const part = of("new visitor", "cpuMs") / of("gateway", "cpuMs");
      tell("CPU a chat, to the gateway's", part, "x", ["≤", 0.65]);
    }
  }
  if (wanted("llm1000")) {
    const of = await measure("llm1000", CROWD, {
      direct: upstream,
      "new visitor": program,
      ...peer,
    });
    const rate = of("new visitor", "perSecond") / of("direct", "perSecond");
    tell("chats a second, to the upstream's", rate, "x", ["≥", 0.95]);
    const later = laterOf(of, "new visitor");
    tell("first token after the upstream's (median)", later, "ms");
    tell("memory", of("new visitor", "memoryMb"), "MB");
    if (gateway !== null) {
      tell("first token, to the gateway's", later / laterOf(of, "gateway"), "x", ["≤", 0.5]);
      const part = of("new visitor", "memoryMb") / of("gateway", "memoryMb");
      tell("memory, to the gateway's", part, "x", ["≤", 1]);
    }
  }
  await gateway?.stop();
  for (const server of [program, floor, upstream]) await server.stop();
}

type Of = Awaited<ReturnType<typeof measure>>;
/** Delay of a chat's first token after the upstream's own, in ms. */
const laterOf = (of: Of, kind: Kind) => of(kind, "firstMs") - of("direct", "firstMs");

/** CPU a chat of two and four processes on one store, to one's, for the same chats in all. */
async function processes(folder: string): Promise<void> {
  say(`\nprocesses: ${SHARED.connections} connections in all, ${SHARED.tokens} tokens a chat`);
  const upstream = await startUpstream();
  const found = new Map<number, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const count of [1, 2, 4]) {
      const own = `${folder}/${count}-${round}`;
      await Deno.mkdir(own);
      const programs: Server[] = [];
      for (let i = 0; i < count; i++) programs.push(await startProgram(upstream, own));
      const plan = { ...SHARED, connections: SHARED.connections / count };
      const all = await Promise.all(programs.map(async ({ port, pid }): Promise<Measured> => {
        const target = { kind: "new visitor", port, pid };
        const args = [`${here}load.ts`, JSON.stringify(target), JSON.stringify(plan)];
        return JSON.parse(await output(args, "other", { GATEWAY_HEADERS: "[]" }));
      }));
      for (const program of programs) await program.stop();
      const sum = (of: (each: Measured) => number) => all.reduce((sum, each) => sum + of(each), 0);
      const cpu = sum((each) => each.cpuMs * each.perSecond) / sum((each) => each.perSecond);
      const errors = all.flatMap((each) => each.errors);
      if (errors.length > 0) missed.push(`errors of ${count} processes`);
      const total = `${sum((each) => each.perSecond).toFixed(0).padStart(4)} chats/s`;
      say(
        `  ${count}${total.padStart(14)}${cpu.toFixed(2).padStart(8)} ms CPU   ${errors[0] ?? ""}`,
      );
      found.set(count, [...found.get(count) ?? [], cpu]);
    }
  }
  const of = (count: number) => median(found.get(count) ?? []);
  tell("CPU a chat of two processes, to one's", of(2) / of(1), "x", ["≤", 1.25]);
  tell("CPU a chat of four processes, to one's", of(4) / of(1), "x", ["≤", 1.4]);
  await upstream.stop();
}

/** WhatsApp: acknowledgement times of Twilio's requests while replies take 3 s each. */
async function phones(folder: string): Promise<void> {
  const upstream = await startUpstream();
  const plan = { ...WHATSAPP, upstream: upstream.port, folder };
  const line = await output([`${here}whatsapp.ts`, JSON.stringify(plan)], "other");
  const measured: Acknowledged = JSON.parse(line);
  say(`\nwhatsapp: ${plan.perSecond} messages a second for ${plan.seconds} s, replies of 3 s`);
  tell("messages a second that were acknowledged", measured.perSecond, "");
  tell("acknowledged, median", measured.p50, "ms");
  tell("acknowledged, p99", measured.p99, "ms", ["≤", 1_000]);
  tell("replied, median", measured.reply50, "ms");
  tell("not acknowledged, not answered or answered twice", measured.wrong, "", ["≤", 0]);
  tell("CPU a message", measured.cpuMs, "ms");
  await upstream.stop();
}

/** A chat page of 20 messages, against its bare markup. */
async function pages(folder: string): Promise<void> {
  const script = `${here}page.ts`, store = `${folder}/page.sqlite`;
  const cookie = await output([script, "fill", store], "measured");
  const app: number[] = [], bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    app.push(Number(await output([script, "app", store, cookie], "measured")));
    bare.push(Number(await output([script, "bare", store, cookie], "measured")));
  }
  say(`\npage: 20 messages; ${median(app).toFixed(0)} µs CPU, bare ${median(bare).toFixed(0)} µs`);
  tell("CPU a page, to the same markup's alone", median(app) / median(bare), "x", ["≤", 2]);
}

/** People's pages with little and much of their own. */
async function ownPages(): Promise<void> {
  const line = await output([`${here}conversations.ts`], "measured");
  const figures: OwnFigures[] = JSON.parse(line);
  say("\nown: a chat of 300 messages and of 4; a person with 200 conversations and with 2");
  for (const { page, few, many } of figures) {
    say(`  ${page.padEnd(30)}${many.toFixed(2)} ms, ${few.toFixed(2)} ms`);
    tell(`${page}, to that with little`, many / few, "x", ["≤", 1.5]);
  }
}

/** The admin's cost pages with a million ledger entries, and with none. */
async function dashboards(): Promise<void> {
  const line = await output([`${here}dashboard.ts`], "measured");
  const figures: PageFigures[] = JSON.parse(line);
  say("\ndashboard: a ledger of 1,000,000 entries, of 2,160 and of none");
  for (const { path, empty, few, full } of figures) {
    const ms = [full, few, empty].map((each) => `${each.toFixed(1)} ms`);
    say(`  ${path.padEnd(24)}${ms.join(", ")}`);
    tell(`${path}, to the same days with few entries`, full / few, "x", ["≤", 1.5]);
    if (path === "/admin") tell(`${path}, to an empty ledger`, full / empty, "x", ["≤", 1.5]);
    else tell(`${path}, to an empty ledger`, full / empty, "x");
  }
}

async function sizes(folder: string): Promise<void> {
  say("\nsize: scripts of a page, gzipped");
  const upstream = await startUpstream();
  const program = await startProgram(upstream, folder);
  const at = `http://127.0.0.1:${program.port}`;
  const page = await (await fetch(`${at}/chat/general-assistant`)).text();
  const read = async (path: string) => await (await fetch(at + path)).bytes();
  tell("the chat page", await scriptBytes(page, read) / 1024, "KB", ["≤", 20]);
  await program.stop();
  await upstream.stop();
  tell("one small island with a signal", await smallIsland(folder) / 1024, "KB", ["≤", 12.5]);
}

async function smallIsland(folder: string): Promise<number> {
  const outDir = `${folder}/built`;
  await new Builder({ root: `${here}counter`, outDir }).build();
  let page = "";
  const scripts = new Map<string, Uint8Array>();
  for await (const { name } of Deno.readDir(`${outDir}/client`)) {
    if (!name.endsWith(".js")) continue;
    scripts.set(`/_frsh/js/${name}`, await Deno.readFile(`${outDir}/client/${name}`));
    page += `"/_frsh/js/${name}"`;
  }
  return await scriptBytes(page, (path) => Promise.resolve(scripts.get(path) ?? new Uint8Array()));
}

const folder = await Deno.makeTempDir();
try {
  await output([new URL("../dev.ts", import.meta.url).pathname, "build"], "other");
  if (["sat32", "llm256", "llm1000"].some(wanted)) await chats(folder);
  if (wanted("processes")) await processes(folder);
  if (wanted("whatsapp")) await phones(folder);
  if (wanted("page")) await pages(folder);
  if (wanted("own")) await ownPages();
  if (wanted("dashboard")) await dashboards();
  if (wanted("size")) await sizes(folder);
} finally {
  await Deno.remove(folder, { recursive: true });
}
say(missed.length === 0 ? "\nEvery goal was met." : `\nNot met: ${missed.join("; ")}.`);
Deno.exit(missed.length === 0 ? 0 : 1);
