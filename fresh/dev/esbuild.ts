import { dirname, join } from "node:path";

type Esbuild = typeof import("esbuild");

let running = 0;

/** Runs builds. esbuild is imported by the first, so that importing fresh/dev stays cheap. */
export async function withEsbuild<T>(run: (esbuild: Esbuild) => Promise<T>): Promise<T> {
  const esbuild = await import("esbuild");
  running++;
  try {
    return await run(esbuild);
  } finally {
    // The last build stops esbuild's process.
    if (--running === 0) await esbuild.stop();
  }
}

/** Folders of packages that are not linked at the top of node_modules, such as fresh's own. */
export function packageFolders(root: string): string[] {
  const folders: string[] = [];
  for (let dir = root; dir !== dirname(dir); dir = dirname(dir)) {
    folders.push(join(dir, "node_modules/.deno/node_modules"));
  }
  return folders;
}
