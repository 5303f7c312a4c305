import { KV_CONNECT_TOKEN } from "../simulators/kv_connect.ts";
import { scratch } from "../support/scratch.ts";
import { TextLineStream } from "./lines.ts";

export interface TestStore extends AsyncDisposable {
  path: string;
  /** The server's counts; null for a file. */
  counts(): Promise<Record<string, number> | null>;
}

export async function fileStore(): Promise<TestStore> {
  const files = await scratch();
  return {
    path: files.store,
    counts: () => Promise.resolve(null),
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

/** A KV Connect server in a separate process that loses a share of answers after committing. */
export async function remoteStore(lose: number): Promise<TestStore> {
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tests/simulators/kv_connect_process.ts", KV_CONNECT_TOKEN, String(lose)],
    cwd: new URL("../../", import.meta.url),
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const input = child.stdin.getWriter();
  const { value: path = "" } = await lines.read();
  return {
    path,
    counts: async () => {
      await input.write(new Uint8Array([10]));
      return JSON.parse((await lines.read()).value ?? "null");
    },
    [Symbol.asyncDispose]: async () => {
      await input.close();
      await child.status;
      await lines.cancel();
    },
  };
}
