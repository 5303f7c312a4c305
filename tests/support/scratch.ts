/** A test's folder and store path; disposing it removes the folder. */
export interface Scratch extends AsyncDisposable {
  folder: string;
  store: string;
}

export async function scratch(): Promise<Scratch> {
  const folder = await Deno.makeTempDir({ prefix: "obt-helper-scratch-" });
  return {
    folder,
    store: `${folder}/kv.sqlite`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
