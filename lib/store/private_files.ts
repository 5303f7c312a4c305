/** Only the user that runs the program reads and writes what is in the store. */
const FILE = 0o600;
const FOLDER = 0o700;
const OTHERS = 0o077;
/** SQLite gives these the rights of the file that they belong to, when it makes them. */
const BESIDE = ["-wal", "-shm", "-journal"];
/** The folder of the default store: nothing else has a place in it. */
const OWN_FOLDER = "data";

/** Whether `KV_PATH` names a file, and no store in memory or elsewhere. */
export function isFile(path: string | undefined): path is string {
  return path !== undefined && !path.startsWith(":") && !/^https?:/.test(path);
}

/** The folder beside a store's file in which its processes hold their locks. */
export function processesOf(path: string): string {
  return `${path}-processes`;
}

/**
 * What a program needs to read and write for a store's file: its folder, or only
 * the files when others have things there too.
 */
export async function placesOf(path: string): Promise<string[]> {
  const folder = folderOf(path);
  if (folder && await isOwn(folder, path)) return [folder];
  return [path, ...BESIDE.map((end) => path + end), processesOf(path)];
}

/**
 * Sees to it that nobody else can read a store's file: it is made before it is
 * opened, so that there is no moment in which others may; what was made before
 * loses others' rights. A folder loses them when it is the store's alone.
 * @returns what others can still read, when the rights are not ours to change
 */
export async function keepPrivate(path: string): Promise<string[]> {
  const folder = folderOf(path);
  if (folder) await makeFolder(folder);
  (await Deno.open(path, { create: true, write: true, mode: FILE })).close();
  if (Deno.build.os === "windows") return [];
  const open: string[] = [];
  for (const each of [path, ...BESIDE.map((end) => path + end)]) {
    if (!await tighten(each, FILE)) open.push(each);
  }
  if (folder && await isOwn(folder, path) && !await tighten(folder, FOLDER)) open.push(folder);
  return open;
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "");
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: FOLDER });
  } catch (error) {
    // A program that has no right to a folder of others finds it there.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}

/** Whether a folder is for the store only; one that is not there will be. */
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

/** False when others have rights that cannot be taken from them. */
async function tighten(path: string, mode: number): Promise<boolean> {
  try {
    const stat = await Deno.stat(path);
    if (((stat.mode ?? 0) & OTHERS) === 0) return true;
    await Deno.chmod(path, mode);
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}
