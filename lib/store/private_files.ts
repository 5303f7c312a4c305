/** Only the program's user may read and write the store. */
const FILE = 0o600;
const FOLDER = 0o700;
const OTHERS = 0o077;
/** SQLite creates these with the permissions of the main file. */
const BESIDE = ["-wal", "-shm", "-journal"];
/** The folder of the default store, which holds nothing else. */
const OWN_FOLDER = "data";

/** Whether `KV_PATH` is a file, not a store in memory or a remote one. */
export function isFile(path: string | undefined): path is string {
  return path !== undefined && !path.startsWith(":") && !/^https?:/.test(path);
}

/** The folder beside a store's file with the lock files of its processes. */
export function lockFolderOf(path: string): string {
  return `${path}-processes`;
}

/** Paths to read and write for a store's file: its folder, or only the files in a shared one. */
export async function storePaths(path: string): Promise<string[]> {
  const folder = folderOf(path);
  if (folder && await isOwn(folder, path)) return [folder];
  return [path, ...BESIDE.map((end) => path + end), lockFolderOf(path)];
}

/**
 * Makes a store's file private. It is created before it is opened, so that no other user can open
 * it meanwhile; existing files lose the permissions of others. So does a folder of the store alone.
 * @returns the paths that others can still read, when the program may not change them
 */
export async function makePrivate(path: string): Promise<string[]> {
  const folder = folderOf(path);
  if (folder) await makeFolder(folder);
  (await Deno.open(path, { create: true, write: true, mode: FILE })).close();
  if (Deno.build.os === "windows") return [];
  const open: string[] = [];
  for (const each of [path, ...BESIDE.map((end) => path + end)]) {
    if (!await restrict(each, FILE)) open.push(each);
  }
  if (folder && await isOwn(folder, path) && !await restrict(folder, FOLDER)) open.push(folder);
  return open;
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "");
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: FOLDER });
  } catch (error) {
    // Without permission for a shared folder: it exists already.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}

/** Whether a folder holds only the store; a missing one will. */
async function isOwn(folder: string, path: string): Promise<boolean> {
  if (folder === `${OWN_FOLDER}/` || folder === `./${OWN_FOLDER}/`) return true;
  const name = path.slice(folder.length);
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.name.startsWith(name)) return false;
    }
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

/** False when the permissions cannot be changed. */
async function restrict(path: string, mode: number): Promise<boolean> {
  try {
    const stat = await Deno.stat(path);
    if (((stat.mode ?? 0) & OTHERS) === 0) return true;
    await Deno.chmod(path, mode);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}
