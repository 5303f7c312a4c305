import { spawn } from "node:child_process";
import { networkInterfaces } from "node:os";
import process from "node:process";

/**
 * Attempts, with the rights it has, what an attacker inside the server would try and what the
 * server itself does; prints each outcome as JSON. Arguments: folders of the store, the program,
 * and another.
 */
const [data = "", root = "", elsewhere = ""] = Deno.args;

const tries: Record<string, () => unknown> = {
  "run a program": () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).outputSync(),
  "run a shell": () =>
    new Promise((done, fail) => spawn("sh", ["-c", "id"]).once("error", fail).once("exit", done)),
  "look at another process": () => process.kill(1, 0),
  "load a library of the system": () => Deno.dlopen("libc.so.6", {}).close(),
  "import from this machine": () => import(`http://127.0.0.1:1/${"a.ts"}`),
  "import from npm": () => import(`npm:${"left-pad"}@1.3.0`),
  "import from another registry": () => import(`https://jsr.io/@std/assert/1.0.0/${"mod.ts"}`),
  "import what it wrote": () => {
    Deno.writeTextFileSync(`${data}/a.node`, "");
    Deno.dlopen(`${data}/a.node`, {}).close();
  },
  "write into the program": () => Deno.writeTextFileSync(`${root}main.ts`, "", { append: true }),
  "write what is served": () =>
    Deno.writeTextFileSync(`${root}_fresh/snapshot.js`, "", { append: true }),
  "write the settings": () => Deno.writeTextFileSync(`${root}.env`, "", { append: true }),
  "write a package": () => Deno.writeTextFileSync(`${root}node_modules/a`, ""),
  "write elsewhere": () => Deno.writeTextFileSync(`${elsewhere}/a`, ""),
  "make a temporary file": () => Deno.makeTempFileSync(),
  "lead a link elsewhere": () => Deno.symlinkSync(elsewhere, `${data}/link`),
  "bring a file in by a link": () => Deno.linkSync(`${root}main.ts`, `${data}/main.ts`),
  "move a file out": () => Deno.renameSync(`${data}/a.node`, `${elsewhere}/a`),
  "read elsewhere": () => Deno.readTextFileSync(`${elsewhere}/secret`),
  "read the system's users": () => Deno.readTextFileSync("/etc/passwd"),
  "read another's environment": () => Deno.readTextFileSync(`/proc/${Deno.ppid}/environ`),
  "ask for more": () => {
    const { state } = Deno.permissions.requestSync({ name: "run" });
    if (state !== "granted") throw new Deno.errors.NotCapable();
  },
  "write its data": () => Deno.writeTextFileSync(`${data}/b`, ""),
  "read the program": () => Deno.readTextFileSync(`${root}main.ts`),
  "listen": () => Deno.listen({ port: 0 }).close(),
  "know its own addresses": () => networkInterfaces(),
};

const came: Record<string, string> = {};
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    came[name] = "done";
  } catch (error) {
    came[name] = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(came)));
