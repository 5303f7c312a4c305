/** A folder for one test, and a place in it for a store; its end removes all that is there. */
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
