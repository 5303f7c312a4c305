import { freePort } from "@/tests/support/free_port.ts";
import { until } from "@/tests/support/wait.ts";
import type { Front, FrontKind } from "./front.ts";

/** Whether Caddy is installed. */
export async function hasCaddy(): Promise<boolean> {
  try {
    const args = ["version"];
    const { success } = await new Deno.Command("caddy", { args, stdout: "null" }).output();
    return success;
  } catch {
    return false;
  }
}

/**
 * Starts Caddy with the configuration in deploy/caddy in front of two servers, by https with a
 * certificate of its own authority.
 */
async function startCaddy(...ports: readonly [number, number]): Promise<Front> {
  const text = await Deno.readTextFile(new URL("../../deploy/caddy/Caddyfile", import.meta.url));
  const [port, plain] = [freePort(), freePort()];
  const folder = await Deno.makeTempDir({ prefix: "obt-caddy-" });
  const config = text
    .replace("{\n", `{\n  admin off\n  skip_install_trust\n  http_port ${plain}\n`)
    .replace("helper.example.org {", `https://localhost:${port} {\n  tls internal`)
    .replace(
      "reverse_proxy 127.0.0.1:8000 {",
      `reverse_proxy ${ports.map((each) => `127.0.0.1:${each}`).join(" ")} {`,
    );
  await Deno.writeTextFile(`${folder}/Caddyfile`, config);
  const child = new Deno.Command("caddy", {
    args: ["run", "--config", `${folder}/Caddyfile`],
    env: { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const log = new Response(child.stderr).text();
  let over = false;
  const status = child.status.finally(() => over = true);
  const authority = `${folder}/caddy/pki/authorities/local/root.crt`;
  const url = `https://localhost:${port}`;
  const client = await until("Caddy to listen", async () => {
    if (over) throw new Error(`Caddy ended: ${await log}`);
    const certificate = await Deno.readTextFile(authority).catch(() => null);
    if (certificate === null) return null;
    const client = Deno.createHttpClient({ caCerts: [certificate] });
    const answer = await trusting(client)(`${url}/api/live`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return client;
    client.close();
    return null;
  });
  return {
    name: "Caddy",
    url,
    fetch: trusting(client),
    [Symbol.asyncDispose]: async () => {
      client.close();
      if (!over) child.kill("SIGTERM");
      await status;
      await log;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function trusting(client: Deno.HttpClient): typeof fetch {
  return (input, init) => {
    const own: RequestInit & { client: Deno.HttpClient } = { ...init, client };
    return fetch(input, own);
  };
}

/** Caddy as in deploy/caddy. */
export const CADDY: FrontKind = { origin: "https://helper.test", start: startCaddy };
