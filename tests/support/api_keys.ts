import OpenAI from "openai";
import { ApiKeys } from "@/lib/api/api_keys.ts";
import type { KeyContent } from "@/lib/api/rules/key_form.ts";
import { EventBus } from "@/lib/platform/event_bus.ts";
import { createCalendar } from "@/lib/platform/calendar.ts";
import { openStore, type Store } from "@/lib/stores.ts";
import { NOON_ZONE } from "@/tests/support/noon.ts";

const WHO = "ada@example.org";
const OPEN: KeyContent = {
  name: "Website",
  tools: null,
  rate: 600,
  day: null,
  month: null,
  expires: null,
};

/** The public id in a key's text. */
export function idIn(key: string): string {
  return key.split("_")[1] ?? "";
}

/** Works on a server's store from this process. */
export async function onStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ path, report: () => {} });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The keys of a server, changed from this process as by an admin of another one. */
export function keysAt(path: string) {
  const work = <T>(run: (keys: ApiKeys) => Promise<T>) =>
    onStore(
      path,
      (store) =>
        run(
          new ApiKeys({
            store,
            bus: new EventBus(() => {}),
            calendar: createCalendar(NOON_ZONE),
            clock: Date.now,
          }),
        ),
    );
  return {
    make: (content: Partial<KeyContent> = {}) =>
      work((keys) => keys.make(WHO, keys.newId(), { ...OPEN, ...content })),
    end: (key: string) => work((keys) => keys.end(WHO, idIn(key))),
    replace: (key: string, overlapMs: number) =>
      work((keys) => keys.replace(WHO, idIn(key), overlapMs)),
  };
}

/** The official SDK as a client of ours; `answers` has the status of each request it made. */
export function sdk(url: string, apiKey: string): OpenAI & { answers: Response[] } {
  const answers: Response[] = [];
  const client = new OpenAI({
    apiKey,
    baseURL: `${url}/v1`,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      answers.push(answer);
      return answer;
    },
  });
  return Object.assign(client, { answers });
}
