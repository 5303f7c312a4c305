import { backup, DatabaseSync } from "node:sqlite";

/** All pages in one step, so that the copy is of one moment. */
const ALL_PAGES = -1;

/*
 * Copies a store's file while it is written to: message `{from, to}`, answer null or an error's
 * text. SQLite blocks its thread meanwhile, a second for some 150 MB. (VACUUM INTO attaches the
 * copy, which Deno refuses to a program with the rights of the serving one.)
 */
self.onmessage = async ({ data }: MessageEvent<{ from: string; to: string }>) => {
  try {
    const file = new DatabaseSync(data.from, { readOnly: true });
    await backup(file, data.to, { rate: ALL_PAGES });
    file.close();
    self.postMessage(null);
  } catch (error) {
    self.postMessage(String(error));
  }
};
