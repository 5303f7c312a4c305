/** The kernel's clock ticks a second, in which /proc counts. */
const TICKS = 100;

const taskset = await exists("/usr/bin/taskset") && navigator.hardwareConcurrency > 1;

/** The core of what is measured, and that of all else. */
export type Core = "measured" | "other";

/** Runs a Deno program on one core, where the system can do that. */
export function startDeno(
  core: Core,
  args: string[],
  env: Record<string, string> = {},
  stdout: "null" | "piped" = "null",
): Deno.ChildProcess {
  return startCommand(core, [Deno.execPath(), ...args], env, stdout, "inherit");
}

/** Runs any program on one core, where the system can do that. */
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

/** CPU time that a process has used, all threads. */
export function cpuSeconds(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process. */
export function memoryMb(pid: number): number {
  const found = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`));
  return Number(found?.[1]) / 1024;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** CPU time that all processes of the machine have used: how much else was going on. */
export function busySeconds(): number {
  const [line = ""] = Deno.readTextFileSync("/proc/stat").split("\n", 1);
  const [, user, nice, system, , , irq, softirq] = line.split(/\s+/).map(Number);
  return ((user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0)) / TICKS;
}
