import { NOON_ZONE } from "./noon.ts";

/** A run that another process makes. */
export interface GoldenMaker extends AsyncDisposable {
  run: string;
  /** Ends the process at once. */
  kill(): Promise<void>;
}

const SCRIPT = new URL("golden_process.ts", import.meta.url).pathname;

/** Starts a run in a process of its own, or goes on with one. */
export async function startMaker(options: {
  path: string;
  env: Record<string, string>;
  judge?: "people" | "model";
  run?: string;
}): Promise<GoldenMaker> {
  const { path, env, judge = "people", run = "" } = options;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      SCRIPT,
      path,
      JSON.stringify({ TIME_ZONE: NOON_ZONE, ...env }),
      judge,
      run,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const kill = async () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await child.status;
  };
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The process ended before its run began");
    said += value;
  }
  return {
    run: said.trim(),
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await reader.cancel();
    },
  };
}
