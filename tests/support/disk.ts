/** A small disk of its own, in a file, that can be filled, hang and turn read-only. */
export interface Disk extends AsyncDisposable {
  folder: string;
  /** Takes all free space. */
  fill(): Promise<void>;
  /** Gives it back. */
  free(): Promise<void>;
  /** Lets every write wait until the end of its scope: a process that waits cannot be killed. */
  freeze(): Promise<AsyncDisposable>;
  /** Meets an error, after which nothing can be written until it was unmounted. */
  fail(): Promise<void>;
  /** Mounts it read-only; no file of it may be open. */
  readOnly(): Promise<void>;
}

const MEGABYTES = 48;
const encoder = new TextEncoder();

async function run(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const text = new TextDecoder().decode(success ? stdout : stderr).trim();
  if (!success) throw new Error(`${program}: ${text}`);
  return text;
}

/** Mounts a new disk; needs Linux and root's rights. */
export async function mountDisk(): Promise<Disk> {
  const place = await Deno.makeTempDir({ prefix: "obt-disk-" });
  const [image, folder] = [`${place}/image`, `${place}/disk`];
  await Deno.mkdir(folder);
  await run("truncate", "-s", `${MEGABYTES}M`, image);
  await run("mkfs.ext4", "-q", "-F", image);
  await run("mount", "-o", "loop,errors=remount-ro", image, folder);
  const device = (await run("findmnt", "-n", "-o", "SOURCE", folder)).replace("/dev/", "");
  return {
    folder,
    fill: async () => {
      const file = await Deno.open(`${folder}/filler`, { write: true, create: true });
      const piece = new Uint8Array(1 << 16);
      try {
        for (;;) await file.write(piece);
      } catch {
        // It is full.
      } finally {
        file.close();
      }
      await run("sync", "-f", folder);
    },
    free: async () => {
      await Deno.remove(`${folder}/filler`);
      await run("sync", "-f", folder);
    },
    freeze: async () => {
      await run("fsfreeze", "--freeze", folder);
      return {
        [Symbol.asyncDispose]: async () => void await run("fsfreeze", "--unfreeze", folder),
      };
    },
    fail: () => Deno.writeFile(`/sys/fs/ext4/${device}/trigger_fs_error`, encoder.encode("1")),
    readOnly: async () => void await run("mount", "-o", "remount,ro", folder),
    [Symbol.asyncDispose]: async () => {
      await run("umount", "--lazy", folder);
      await Deno.remove(place, { recursive: true });
    },
  };
}

/** Whether disks can be mounted here. */
export async function canMount(): Promise<boolean> {
  try {
    await using _disk = await mountDisk();
    return true;
  } catch {
    return false;
  }
}
