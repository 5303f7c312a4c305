import { OwnPerson } from "@/tests/support/own_person.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { median } from "./statistics.ts";

/*
 * Times of people's pages with little and much of their own: the chat of a short and a long
 * conversation, the list of few and many conversations, and a search in them, through the whole HTTP
 * handler. From the main bench, or `deno run -A bench/conversations.ts`; the last line is JSON.
 */

const ROUNDS = 100;
/** Messages of a conversation, and conversations of a person: little, then much. */
const MESSAGES = [4, 300] as const;
const CONVERSATIONS = [2, 200] as const;

/** Times of a page with little and with much on it or behind it; medians in ms. */
export interface OwnFigures {
  page: string;
  few: number;
  many: number;
}

/** A person who has had conversations of so many messages each. */
async function personWith(
  site: Site,
  conversations: number,
  messages: number,
): Promise<OwnPerson> {
  const person = new OwnPerson(site);
  const chat = `/chat/${TOOL}`;
  await person.html(chat);
  for (let i = 0; i < conversations; i++) {
    if (i > 0) await person.post(chat, { action: "new", requestId: crypto.randomUUID() });
    for (let n = 0; n < messages; n += 2) await person.say(`Question ${n} about plan ${i}`);
  }
  return person;
}

/** Requests a page of both in turn, so that other load affects them alike. */
async function figures(
  page: string,
  people: readonly OwnPerson[],
  paths: readonly string[],
  shows: readonly RegExp[],
): Promise<OwnFigures> {
  const times: number[][] = people.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, person] of people.entries()) {
      const began = performance.now();
      const html = await person.html(paths[i] ?? "");
      if (round >= ROUNDS / 10) times[i]?.push(performance.now() - began);
      if (shows[i]?.test(html) !== true) throw new Error(`${page}: ${paths[i]} lacks ${shows[i]}`);
    }
  }
  const [few = NaN, many = NaN] = times.map(median);
  return { page, few, many };
}

if (import.meta.main) {
  const env = { RATE_LIMIT_CHAT_PER_MINUTE: "7000", ORGANISATION_CEILING_USD: "none" };
  const folder = await Deno.makeTempDir({ prefix: "bench-conversations-" });
  await using site = await openSite({ env, path: `${folder}/kv.sqlite` });
  const [short, long] = MESSAGES.map((messages) => personWith(site, 1, messages));
  const talkers = [await short, await long].flatMap((person) => person ?? []);
  const [few, many] = CONVERSATIONS.map((count) => personWith(site, count, 2));
  const listers = [await few, await many].flatMap((person) => person ?? []);
  const chat = `/chat/${TOOL}`;
  const found = [
    await figures(
      "chat page",
      talkers,
      [chat, chat],
      MESSAGES.map((messages) => new RegExp(`Question ${messages - 2} about`)),
    ),
    await figures(
      "/history",
      listers,
      ["/history", "/history"],
      CONVERSATIONS.map((count) => new RegExp(`plan ${count - 1}`)),
    ),
    await figures(
      "/history, a search for one",
      listers,
      ["/history?q=plan+1", `/history?q=plan+${CONVERSATIONS[1] - 1}`],
      CONVERSATIONS.map((count) => new RegExp(`about plan ${count - 1}`)),
    ),
  ];
  await Deno.remove(folder, { recursive: true });
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(found)}\n`));
  Deno.exit(0);
}
