import fc from "fast-check";
import { uploadKeys } from "@/lib/media/uploads/records.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { mp3Recording, wavRecording } from "@/tests/support/recordings.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { SiteVisitor } from "@/tests/support/uploads.ts";

const recorded = () => Deno.readFileSync(new URL("../fixtures/recorded.webm", import.meta.url));

async function codeOf(answer: Response | undefined): Promise<[number | undefined, unknown]> {
  return [answer?.status, (await answer?.json())?.code];
}

async function spent({ world }: Site): Promise<bigint> {
  const { store, calendar, clock } = world.deps;
  assertEquals((await checkLedger(store)).difference, null);
  const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
  assertEquals(day?.held ?? 0n, 0n);
  return day?.spent ?? 0n;
}

Deno.test("PATCH /api/media/{id}: any pieces, repeated or lost, end in the file as it was", async () => {
  await using site = await openSite();
  const ada = new SiteVisitor(site);
  const file = recorded();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1_000, max: 5_000 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      async (sizes, lost) => {
        const name = `file ${run++}`;
        const { id }: { id: string } = await (await ada.begin(file.length, name)).json();
        for (let at = 0, i = 0; at < file.length; i++) {
          const piece = file.slice(at, at + (sizes[i % sizes.length] ?? 1_000));
          const answer = await ada.append(id, at, piece);
          // A lost answer: the client sends the piece again, and learns the offset.
          const told = lost[i] ? await ada.append(id, at, piece) : answer;
          assertEquals(told.status, lost[i] ? 409 : 204);
          at = Number(told.headers.get("upload-offset"));
          const head = await ada.fetch(`/api/media/${id}`, { method: "HEAD" });
          assertEquals(Number(head.headers.get("upload-offset")), at);
        }
        const again = await ada.begin(file.length, name);
        assertEquals((await again.json()).id, id);
        assertEquals(again.headers.get("upload-offset"), String(file.length));
        const { voiceNotes: { uploads }, deps: { store } } = site.world.services;
        const { value } = await store.kv.get(uploadKeys.upload(id));
        using sound = await uploads.sound(value?.visitor ?? "", id);
        assertEquals(sound.bytes, file);
        assertEquals([sound.type, sound.seconds], ["audio/webm", 3]);
        assertEquals((await ada.fetch(`/api/media/${id}`, { method: "DELETE" })).status, 204);
      },
    ),
    { numRuns: 8 },
  );
  const { kv } = site.world.deps.store;
  assertEquals(await kv.list({ prefix: ["upload_piece"] }, () => uploadKeys.piece("", 0)), []);
});

Deno.test("/api/media refuses what is no recording, too long or too large, and keeps nothing of it", async () => {
  await using site = await openSite();
  const ada = new SiteVisitor(site);
  const noise = new Uint8Array(5_000).fill(7);
  assertEquals(await codeOf((await ada.upload(noise)).answer), [415, "sound.unreadable"]);
  const cut = recorded().slice(0, 100);
  assertEquals(await codeOf((await ada.upload(cut)).answer), [415, "sound.unreadable"]);
  const long = await ada.upload(mp3Recording(601).slice(), 60_000);
  assertEquals(await codeOf(long.answer), [413, "sound.too_long"]);
  assertEquals(await codeOf(await ada.begin(25_000_001)), [413, "sound.too_large"]);
  assertEquals(await codeOf(await ada.begin(0)), [400, "upload.header"]);
  const { kv } = site.world.deps.store;
  for (const prefix of ["upload", "upload_piece", "uploads"]) {
    assertEquals(await kv.list({ prefix: [prefix] }, () => uploadKeys.piece("", 0)), [], prefix);
  }
  // Two of the largest fill the quota; a removed one makes room.
  const { id }: { id: string } = await (await ada.begin(25_000_000)).json();
  assertEquals((await ada.begin(25_000_000)).status, 201);
  assertEquals(await codeOf(await ada.begin(5_000)), [413, "sound.quota"]);
  await ada.fetch(`/api/media/${id}`, { method: "DELETE" });
  assertEquals((await ada.begin(5_000)).status, 201);
  const { id: small }: { id: string } = await (await ada.begin(70_000)).json();
  assertEquals(await codeOf(await ada.append(small, 0, recorded().slice(0, 500))), [
    400,
    "upload.piece",
  ]);
  const large = new Uint8Array(60_001);
  assertEquals((await ada.append(small, 0, large)).status, 413);
});

Deno.test("/api/media believes no header: a WAV of 4 GHz is refused, one of much sound in no time is paid by its bytes", async () => {
  await using openai = startOpenAiSenses();
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const fast = wavRecording(3);
  new DataView(fast.buffer).setUint32(24, 4_000_000_000, true);
  const { answer } = await ada.upload(fast, 60_000);
  assert.ok(answer);
  assertEquals(await codeOf(answer), [415, "sound.unreadable"]);
  const dense = wavRecording(0.2, { rate: 192_000, channels: 8 });
  const { id } = await ada.upload(dense, 60_000);
  assertEquals((await ada.transcript(id, TOOL)).status, 200);
  const [entry] = (await Array.fromAsync(site.world.deps.store.ledger.all())).flat();
  assertEquals(entry?.audioSeconds, Math.ceil(dense.length / 192_000));
});

Deno.test("/api/media: another visitor's upload is 404, and each address begins 30 in five minutes", async () => {
  await using openai = startOpenAiSenses();
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site), eve = new SiteVisitor(site, "192.0.2.2");
  const { id } = await ada.upload(recorded());
  await eve.begin(5_000);
  assertEquals(await codeOf(await eve.append(id, 0, recorded())), [404, "upload.gone"]);
  assertEquals((await eve.fetch(`/api/media/${id}`, { method: "HEAD" })).status, 404);
  assertEquals(await codeOf(await eve.transcript(id, TOOL)), [404, "upload.gone"]);
  await eve.fetch(`/api/media/${id}`, { method: "DELETE" });
  assertEquals((await ada.transcript(id, TOOL)).status, 200);
  const foreign = await site.fetch("/api/media", {
    method: "POST",
    headers: {
      "upload-length": "5000",
      "sec-fetch-site": "cross-site",
      origin: "http://evil.test",
    },
  });
  assertEquals(foreign.status, 403);
  const statuses = [];
  for (let i = 0; i < 30; i++) {
    statuses.push((await new SiteVisitor(site, "192.0.2.3").begin(1_000)).status);
  }
  assertEquals(new Set(statuses), new Set([201]));
  const refused = await new SiteVisitor(site, "192.0.2.3").begin(1_000);
  assertEquals(await codeOf(refused), [429, "rate.limited"]);
});

Deno.test("/api/media: uploads end after a day, and with their visitor", async () => {
  let now = Date.parse("2026-11-29T10:00:00Z");
  await using site = await openSite({ clock: () => now });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  const { kv } = site.world.deps.store;
  const [mine] = await kv.list(
    { prefix: ["uploads"] },
    (path) => uploadKeys.ofVisitor(String(path[1])),
  );
  await site.world.services.visitors.delete(String(mine?.path[1]));
  assertEquals((await ada.fetch(`/api/media/${id}`, { method: "HEAD" })).status, 404);
  assertEquals(await kv.list({ prefix: ["upload_piece"] }, () => uploadKeys.piece("", 0)), []);
  const { id: other } = await ada.upload(recorded());
  now += 24 * 60 * 60_000;
  assertEquals((await ada.fetch(`/api/media/${other}`, { method: "HEAD" })).status, 404);
});

Deno.test("POST /api/media/{id}/transcript is paid once for any number of requests, with the file's own name", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: "How far is it?", seconds: 3, slow: 300 });
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  const answers = await Promise.all([1, 2, 3].map(() => ada.transcript(id, TOOL)));
  const [first, ...others] = answers.toSorted((a, b) => a.status - b.status);
  assertEquals(await first?.json(), { text: "How far is it?", seconds: 3, heard: false });
  for (const other of others) {
    assertEquals(other.headers.get("retry-after"), "2");
    assertEquals(await codeOf(other), [503, "voice.under_way"]);
  }
  assertEquals(await (await ada.transcript(id, TOOL)).json(), {
    text: "How far is it?",
    seconds: 3,
    heard: false,
  });
  assertEquals(openai.heard.map(({ name, model }) => [name, model]), [[
    "voice.webm",
    "gpt-transcribe",
  ]]);
  // Three seconds at $0.0045 a minute.
  assertEquals(await spent(site), 225_000n);
});

Deno.test("POST /api/media/{id}/transcript hands on the tool's terms and the browser's languages", async () => {
  await using openai = startOpenAiSenses();
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const { tools } = site.world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  await tools.put({ ...tool, keyTerms: ["Yakobo", "kikapu"] });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  const answer = await ada.transcript(id, TOOL, { "accept-language": "sw-KE, en;q=0.8, en-GB, *" });
  assertEquals(answer.status, 200);
  const [heard] = openai.heard;
  assertEquals([heard?.languages, heard?.keywords], [["sw", "en"], ["Yakobo", "kikapu"]]);
});

Deno.test("POST /api/media/{id}/transcript: a failure is booked, told, and can be repeated", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ status: 500 });
  await using site = await openSite({
    env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
  });
  const ada = new SiteVisitor(site);
  const { id } = await ada.upload(recorded());
  assertEquals(await codeOf(await ada.transcript(id, TOOL)), [502, "voice.failed"]);
  const before = await spent(site);
  openai.hear({ status: 200, text: "", seconds: 3 });
  assertEquals(await (await ada.transcript(id, TOOL)).json(), {
    text: "",
    seconds: 3,
    heard: false,
  });
  assertEquals(await spent(site), before + 225_000n);
  assertEquals(await codeOf(await ada.transcript(id, "nothing")), [404, "tool.gone"]);
});

Deno.test("without a transcriber the page offers no microphone, and a transcript is refused in words", async () => {
  await using deaf = await openSite({
    env: { LLM_PROVIDER: "anthropic", ANTHROPIC_API_KEY: "sk-test" },
  });
  const offered = async (site: Site) =>
    /name="recording"/.test(await (await new SiteVisitor(site).fetch(`/chat/${TOOL}`)).text());
  assertEquals(await offered(deaf), false);
  const ada = new SiteVisitor(deaf);
  const { id } = await ada.upload(recorded());
  assertEquals(await codeOf(await ada.transcript(id, TOOL)), [503, "voice.no_transcriber"]);
  await using site = await openSite();
  assertEquals(await offered(site), true);
});

Deno.test("POST /chat/{toolId}/voice refuses what is no recording, on a page in words", async () => {
  await using site = await openSite();
  const ada = new SiteVisitor(site);
  const post = async (file: Uint8Array<ArrayBuffer>) => {
    const body = new FormData();
    body.set("recording", new File([file], "voice.webm"));
    const answer = await ada.fetch(`/chat/${TOOL}/voice`, { method: "POST", body });
    return [answer.status, await answer.text()] as const;
  };
  for (const file of [new Uint8Array(0), new Uint8Array(3_000).fill(7)]) {
    const [status, page] = await post(file);
    assertEquals(status, 415);
    assert.match(page, /This kind of recording cannot be written down/);
  }
  assertEquals((await post(recorded()))[0], 303);
});
