import { hasNginx, startNginx } from "@/tests/flood/nginx.ts";
import { selfSigned } from "@/tests/support/certificate.ts";

/*
 * Checks the files in deploy/ with the programs that read them: `deno run -A tests/operate/
 * check_deploy.ts`. A program that is not installed is named and left out.
 */

const DEPLOY = new URL("../../deploy/", import.meta.url);
const folder = await Deno.makeTempDir({ prefix: "obt-deploy-" });
let failures = 0;

function say(line: string): void {
  // deno-lint-ignore no-console -- a program for the terminal
  console.log(line);
}

async function check(about: string, program: string, args: string[]): Promise<void> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
    say(`${success ? "ok" : "FAILED"}: ${about}`);
    if (success) return;
    failures++;
    for (const out of [stdout, stderr]) say(new TextDecoder().decode(out));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    say(`left out, as there is no ${program}: ${about}`);
  }
}

/** The units, with the Deno that is here in place of the installed one. */
async function units(): Promise<void> {
  const paths: string[] = [];
  for (
    const [name, as] of [
      ["obt-helper.service", "obt-helper.service"],
      ["obt-helper@.service", "obt-helper@8001.service"],
    ] as const
  ) {
    const text = await Deno.readTextFile(new URL(`systemd/${name}`, DEPLOY));
    await Deno.writeTextFile(
      `${folder}/${as}`,
      text.replaceAll("/usr/local/bin/deno", Deno.execPath()),
    );
    paths.push(`${folder}/${as}`);
  }
  await check("both systemd units", "systemd-analyze", ["verify", "--man=no", ...paths]);
}

/** nginx with TLS, for one server and for two. */
async function nginx(): Promise<void> {
  const { cert, key } = await selfSigned();
  await Deno.writeTextFile(`${folder}/cert.pem`, cert);
  await Deno.writeTextFile(`${folder}/key.pem`, key);
  const of = (name: string) => Deno.readTextFile(new URL(`nginx/${name}.conf`, DEPLOY));
  for (const upstream of ["upstream-one", "upstream-two"]) {
    const site = (await of("site"))
      .replace(/ssl_certificate .+;/, `ssl_certificate ${folder}/cert.pem;`)
      .replace(/ssl_certificate_key .+;/, `ssl_certificate_key ${folder}/key.pem;`);
    const lines = [
      `pid ${folder}/pid;`,
      await of("main"),
      `http {\n${await of(upstream)}\n${site}\n}`,
    ];
    await Deno.writeTextFile(`${folder}/${upstream}.conf`, lines.join("\n"));
    const args = ["-t", "-q", "-c", `${folder}/${upstream}.conf`, "-e", `${folder}/error.log`];
    await check(`nginx's files with ${upstream}`, "nginx", args);
  }
}

/** nginx answers what the server behind it answers. */
async function proxied(): Promise<void> {
  if (!await hasNginx()) return;
  const server = Deno.serve({ port: 0, onListen: () => {} }, () => new Response("behind"));
  await using proxy = await startNginx(server.addr.port);
  const text = await (await fetch(`http://127.0.0.1:${proxy.port}/`)).text();
  say(`${text === "behind" ? "ok" : "FAILED"}: nginx passes a request on`);
  if (text !== "behind") failures++;
  await server.shutdown();
}

await units();
await nginx();
await proxied();
await check("Caddy's file", "caddy", [
  "validate",
  "--adapter",
  "caddyfile",
  "--config",
  new URL("caddy/Caddyfile", DEPLOY).pathname,
]);
await Deno.remove(folder, { recursive: true });
Deno.exit(failures === 0 ? 0 : 1);
