/** Runs `work` while no other test process on this machine runs under the same name. */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const folder = Deno.env.get("TMPDIR") ?? "/tmp";
  using file = await Deno.open(`${folder}/obt-helper-${name}.lock`, { create: true, write: true });
  await file.lock(true);
  return await work();
}
