import { uploadKeys } from "@/lib/media/uploads/records.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { SiteVisitor } from "@/tests/support/uploads.ts";
import { until } from "@/tests/support/wait.ts";

const recorded = () => Deno.readFileSync(new URL("../fixtures/recorded.webm", import.meta.url));

/** What the store has of uploads, by the first part of its key; 1,000 for more. */
async function left({ world }: Site, prefix: string): Promise<number> {
  return (await world.deps.store.kv.stored({ prefix: [prefix] }, 1_000)).length;
}

async function idOf(answer: Response): Promise<string> {
  const { id }: { id: string } = await answer.json();
  return id;
}

Deno.test("POST /api/media: another size under the same name is another upload, which counts and leaves nothing", async () => {
  await using openai = startOpenAiSenses();
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const file = recorded();
  const part = file.slice(0, Math.floor(file.length / 2));
  const first = await idOf(await ada.begin(part.length, "mine"));
  assertEquals((await ada.append(first, 0, part)).status, 204);
  openai.hear({ text: "The first half." });
  assertEquals((await (await ada.transcript(first, TOOL)).json()).text, "The first half.");
  const second = await idOf(await ada.begin(file.length, "mine"));
  assertEquals((await ada.append(second, 0, file)).status, 204);
  openai.hear({ text: "All of it." });
  assertEquals((await (await ada.transcript(second, TOOL)).json()).text, "All of it.");
  // The quota counts what was sent before, whatever is begun under its name.
  assertEquals((await ada.begin(25_000_000, "large")).status, 201);
  assertEquals((await ada.begin(20_000_000, "more")).status, 201);
  assertEquals((await ada.begin(1_000, "large")).status, 201);
  assertEquals((await ada.begin(20_000_000, "last")).status, 413);
  for (const id of [first, second]) await ada.fetch(`/api/media/${id}`, { method: "DELETE" });
  assertEquals(await left(site, "upload_piece"), 0);
  assertEquals(await left(site, "transcript"), 0);
});

Deno.test("DELETE /api/media/{id} removes an upload of more pieces than a commit takes", async () => {
  await using site = await openSite();
  const { uploads } = site.world.services.voiceNotes;
  const visitor = "ada", address = "192.0.2.1", count = 1_200;
  const { id } = await uploads.begin({ visitor, address, length: 2_000_000, name: "small" });
  const piece = new Uint8Array(1_000);
  piece.set(recorded().subarray(0, 1_000));
  for (let n = 0; n < count; n++) await uploads.append(visitor, id, n * 1_000, piece);
  assertEquals(await left(site, "upload_piece"), 1_000);
  await uploads.deleteVisitor(visitor);
  for (const each of ["upload", "upload_piece", "uploads"]) {
    assertEquals(await left(site, each), 0, each);
  }
});

Deno.test("a recording that is removed while it is written down leaves no transcript, and is booked", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: "Nobody keeps this.", seconds: 3, slow: 400 });
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  const asked = ada.transcript(id, TOOL);
  await until("asked", () => Promise.resolve(openai.heard.length === 1));
  await ada.fetch(`/api/media/${id}`, { method: "DELETE" });
  assertEquals((await asked).status, 200);
  assertEquals(await left(site, "transcript"), 0);
  const { store, calendar, clock } = site.world.deps;
  const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
  assertEquals([day?.held, day?.spent], [0n, 225_000n]);
});

Deno.test("POST /api/media/{id}/transcript: of many at once only one reads the recording", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ slow: 200 });
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  const { uploads } = site.world.services.voiceNotes;
  const sound = uploads.sound.bind(uploads);
  let reads = 0;
  uploads.sound = (...asked) => {
    reads++;
    return sound(...asked);
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ada.transcript(id, TOOL)));
  assertEquals(answers.filter(({ status }) => status === 200).length, 1);
  assertEquals(answers.filter(({ status }) => status === 503).length, 19);
  assertEquals(reads, 1);
});

Deno.test("/api/media/{id}: an id that is no key of the store is unknown", async () => {
  await using site = await openSite();
  const ada = new SiteVisitor(site);
  for (const id of ["x".repeat(3_000), "%00", "é".repeat(1_000)]) {
    const path = `/api/media/${id}`;
    const answers = [
      await ada.fetch(path),
      await ada.fetch(path, { method: "HEAD" }),
      await ada.append(id, 0, new Uint8Array(5)),
      await ada.fetch(path, { method: "DELETE" }),
      await ada.transcript(id, TOOL),
      await ada.fetch(`/chat/${TOOL}?heard=${id}`),
    ];
    for (const { status } of answers) assert.ok(status < 500, `${id.slice(0, 5)}: ${status}`);
  }
});

Deno.test("POST /api/media refuses recordings beyond the room of all together", async () => {
  await using site = await openSite();
  const { transactions } = site.world.deps.store;
  await transactions.run([], (tx) => {
    const length = 999_990_000, at = site.world.deps.clock();
    const others = { visitor: "others", length, offset: length, pieces: 0, at, sound: null };
    tx.set(uploadKeys.upload("others"), others);
  });
  const ada = new SiteVisitor(site);
  assertEquals((await ada.begin(10_000)).status, 201);
  const refused = await ada.begin(10_001);
  assertEquals([refused.status, (await refused.json()).code], [413, "sound.no_room"]);
});
