import { type Browser, chromium } from "playwright-core";
import config from "../../deno.json" with { type: "json" };

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium, and the environment with its libraries and fonts. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

/** Starts the Chromium from npm, or the one at CHROMIUM. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({ ...await findChromium(), args: [...ARGUMENTS, ...args] });
}

/** The Chromium for tests and audits, unpacked if necessary. */
export async function findChromium(): Promise<Chromium> {
  const env = Deno.env.toObject();
  if (env.CHROMIUM) return { executablePath: env.CHROMIUM, env };
  if (Deno.build.arch !== "x86_64" || Deno.build.os !== "linux") {
    throw new Error(
      "npm's Chromium runs on x64 Linux only: name an installed one in CHROMIUM",
    );
  }
  const folder = `${env.TMPDIR ?? "/tmp"}/obt-helper-chromium`;
  const libraries = [`${folder}/al2023/lib`, env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  return {
    executablePath: await exclusively("chromium", () => unpacked(folder)),
    env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: `${folder}/fonts.conf` },
  };
}

/** Unpacks it once per version; discards incomplete attempts. */
async function unpacked(folder: string): Promise<string> {
  const path = `${folder}/chromium`;
  const stamp = `${folder}/whole`;
  const wanted = config.scopes["./"]["@sparticuz/chromium"];
  if (await Deno.readTextFile(stamp).catch(() => "") === wanted) return path;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `--lock=${here("../deno.lock")}`, here("chromium_unpack.ts")],
    // The package unpacks its libraries only where these variables suggest a bare system.
    env: { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Cannot unpack Chromium: ${new TextDecoder().decode(stderr)}`);
  await Deno.writeTextFile(`${folder}/fonts.conf`, fontsIn(folder));
  await Deno.writeTextFile(stamp, wanted);
  return path;
}

/** Fonts of the package, which looks in /tmp only, and those of the system. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

function here(path: string): string {
  return new URL(path, import.meta.url).pathname;
}

/** Runs `work` while no other test process on this machine runs under the same name. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const folder = Deno.env.get("TMPDIR") ?? "/tmp";
  using file = await Deno.open(`${folder}/obt-helper-${name}.lock`, { create: true, write: true });
  await file.lock(true);
  return await work();
}
