/** Clock ticks per second, the unit of /proc. */
const TICKS = 100;

const taskset = await exists("/usr/bin/taskset") && navigator.hardwareConcurrency > 1;

/** The core of the measured process, and that of everything else. */
type Core = "measured" | "other";

/** Runs a Deno program on one core, where the system supports it. */
export function startDeno(
  core: Core,
  args: string[],
  env: Record<string, string> = {},
  stdout: "null" | "piped" = "null",
): Deno.ChildProcess {
  return startCommand(core, [Deno.execPath(), ...args], env, stdout, "inherit");
}

/** Runs any program on one core, where the system supports it. */
export function startCommand(
  core: Core,
  line: string[],
  env: Record<string, string>,
  stdout: "null" | "piped",
  stderr: "null" | "inherit",
): Deno.ChildProcess {
  const [command = "", ...args] = taskset
    ? ["taskset", "-c", core === "measured" ? "0" : "1", ...line]
    : line;
  return new Deno.Command(command, { args, env, stdin: "null", stdout, stderr }).spawn();
}

/** CPU time of a process in s, all threads. */
export function cpuSeconds(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

export function memoryMb(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`));
  return Number(found?.[1]) / 1024;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** CPU time of all processes of the machine in s, to detect other load. */
export function busySeconds(): number {
  const [line = ""] = Deno.readTextFileSync("/proc/stat").split("\n", 1);
  const [, user, nice, system, , , irq, softirq] = line.split(/\s+/).map(Number);
  return ((user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0)) / TICKS;
}
