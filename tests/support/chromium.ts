import { type Browser, chromium } from "playwright-core";
import { exclusively } from "./lock.ts";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the Chromium that npm brings, or that of CHROMIUM; one of the two must be there. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = await chromiumPath();
  return await chromium.launch({ executablePath, args: [...ARGUMENTS, ...args] });
}

/** Where Chromium is, unpacked if need be. */
export async function chromiumPath(): Promise<string> {
  const own = Deno.env.get("CHROMIUM");
  if (own !== undefined && own !== "") return own;
  if (Deno.build.arch !== "x86_64" || Deno.build.os !== "linux") {
    throw new Error("The Chromium of npm runs on x64 Linux only: name an installed one in CHROMIUM");
  }
  return await exclusively("chromium", unpacked);
}

/** The package unpacks into the folder for temporary files: one of its own, taken only when it is whole. */
async function unpacked(): Promise<string> {
  const before = Deno.env.get("TMPDIR");
  const folder = `${before ?? "/tmp"}/obt-helper-chromium`;
  const { default: packed } = await importIn(folder);
  const stamp = `${folder}/whole`;
  const whole = await Deno.readTextFile(stamp).catch(() => null);
  const wanted = await sourceOf();
  if (whole !== wanted) {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    await Deno.mkdir(folder, { recursive: true });
  }
  Deno.env.set("TMPDIR", folder);
  try {
    const path = await packed.executablePath();
    await Deno.writeTextFile(stamp, wanted);
    return path;
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
}

/** Which version lies in the folder. */
async function sourceOf(): Promise<string> {
  const entry = new URL(import.meta.resolve("@sparticuz/chromium"));
  const bin = new URL("../bin/chromium.br", entry);
  const { size } = await Deno.stat(bin);
  return `${entry.pathname} ${size}`;
}

/** Its libraries are unpacked and found only where it believes itself on a bare system. */
async function importIn(folder: string) {
  Deno.env.set("AWS_LAMBDA_JS_RUNTIME", "nodejs22.x");
  Deno.env.set("FONTCONFIG_PATH", `${folder}/fonts`);
  const libraries = Deno.env.get("LD_LIBRARY_PATH");
  const own = `${folder}/al2023/lib`;
  if (!libraries?.startsWith(own)) {
    Deno.env.set("LD_LIBRARY_PATH", libraries ? `${own}:${libraries}` : own);
  }
  return await import("@sparticuz/chromium");
}
