import { freePort } from "@/tests/support/free_port.ts";
import { until } from "@/tests/support/wait.ts";

/** nginx with the configuration in deploy/nginx. */
export interface Proxy extends AsyncDisposable {
  port: number;
}

/** Whether nginx is installed. */
export async function hasNginx(): Promise<boolean> {
  try {
    return (await new Deno.Command("nginx", { args: ["-v"], stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Starts nginx in front of one server or two, on a free local port. */
export async function startNginx(...ports: [number] | [number, number]): Promise<Proxy> {
  const [top, upstream, site] = await Promise.all(
    ["main", ports.length === 1 ? "upstream-one" : "upstream-two", "site"].map((name) =>
      Deno.readTextFile(new URL(`../../deploy/nginx/${name}.conf`, import.meta.url))
    ),
  );
  const port = freePort();
  const standing = ports.length === 1 ? [8000] : [8001, 8002];
  const folder = await Deno.makeTempDir({ prefix: "obt-nginx-" });
  const own = ["body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name === "body" ? "client_body" : name}_temp_path ${folder}/${name};`);
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    [
      "daemon off;",
      // Workers of a root nginx run as nobody and could not write their buffers.
      ...(Deno.uid() === 0 ? ["user root;"] : []),
      `pid ${folder}/pid;`,
      `error_log ${folder}/error.log warn;`,
      top,
      "http {",
      "access_log off;",
      ...own,
      ports.reduce(
        (text, port, i) => text.replace(`127.0.0.1:${standing[i]}`, `127.0.0.1:${port}`),
        upstream ?? "",
      ),
      (site ?? "").replace("listen 80;", `listen 127.0.0.1:${freePort()};`)
        // The same configuration without https.
        .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
        .replaceAll(/^ +ssl_.+\n/gm, ""),
      "}",
    ].join("\n"),
  );
  const args = ["-p", folder, "-c", `${folder}/nginx.conf`, "-e", `${folder}/error.log`];
  const child = new Deno.Command("nginx", { args, stdout: "null", stderr: "inherit" }).spawn();
  let over = false;
  const status = child.status.finally(() => over = true);
  await until("nginx to listen", async () => {
    if (over) throw new Error("nginx does not take the lines of deploy/nginx");
    const answer = await fetch(`http://127.0.0.1:${port}/api/live`).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok;
  });
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      if (!over) child.kill("SIGTERM");
      await status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
