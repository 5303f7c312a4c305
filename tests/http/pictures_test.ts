import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { AppError } from "@/lib/platform/errors.ts";
import { stagedKeys } from "@/lib/media/pictures/records.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { concat, exif, jpegFile, latin1, pngFile, segment } from "@/tests/support/picture_files.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { startServer } from "@/tests/support/server.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { watchMemory } from "@/tests/flood/memory.ts";

const test = httpSuite();
const PHOTO = jpegFile(3, 2, { segments: [segment(0xe1, exif(6, true, "GPS 46.9 N"))] });
const CLEAN = jpegFile(3, 2, { orientation: 6 });

function formOf(bytes: Uint8Array<ArrayBuffer>, type = "image/jpeg", name = "file"): FormData {
  const form = new FormData();
  form.set(name, new File([bytes], "picture", { type }));
  return form;
}

async function upload(visitor: Visitor, bytes: Uint8Array<ArrayBuffer>, type = "image/jpeg") {
  return await visitor.fetch("/api/media", { method: "POST", body: formOf(bytes, type) });
}

async function staged(visitor: Visitor, bytes = PHOTO): Promise<string> {
  const answer = await upload(visitor, bytes, "");
  const body: { id: string } = await answer.json();
  assertEquals(answer.status, 201);
  return body.id;
}

async function refusal(answer: Response): Promise<[status: number, detail: string]> {
  const body: { detail: string } = await answer.json();
  return [answer.status, body.detail];
}

const latin1Text = (bytes: ArrayBuffer) => new TextDecoder("latin1").decode(bytes);

/** Cookie of a new visitor of a site without a port. */
function visitorOf(site: Site): (path: string, init?: RequestInit) => Promise<Response> {
  let cookie = "";
  return async (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    headers.set("sec-fetch-site", "same-origin");
    const answer = await site.fetch(path, { ...init, headers });
    cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? cookie;
    return answer;
  };
}

test("a picture is staged without its place, sent with a message, shown to its sender only, and exported by number", async (server) => {
  const visitor = new Visitor(server.url);
  const answer = await upload(visitor, PHOTO);
  const { id, ...about }: { id: string } = await answer.json();
  assertEquals(answer.status, 201);
  assertEquals(answer.headers.get("location"), `/api/media/${id}`);
  const [type, bytes] = ["image/jpeg", CLEAN.length];
  assertEquals(about, { kind: "picture", type, bytes, width: 2, height: 3 });
  const preview = await visitor.fetch(`/api/media/${id}`);
  assertEquals(new Uint8Array(await preview.arrayBuffer()), CLEAN);

  const turn = await visitor.post({ message: "What is it?", attachments: [id] });
  assertEquals(turn.status, 200);
  assert.match(textOf(await Array.fromAsync(heard(turn))), /Pictures received: 1/);
  const page = await (await visitor.fetch(`/chat/${TOOL}`)).text();
  const [, path = ""] = /<img src="(\/api\/media\/[^"]+)" alt="Picture"/.exec(page) ?? [];
  const shown = await visitor.fetch(path);
  assertEquals(new Uint8Array(await shown.arrayBuffer()), CLEAN);
  assertEquals(shown.headers.get("content-type"), "image/jpeg");
  const stranger = new Visitor(server.url);
  assertEquals(await refusal(await stranger.fetch(path)), [
    404,
    "This picture is no longer available.",
  ]);
  const exported = await visitor.fetch(`/chat/${TOOL}/export?format=md`);
  assert.match(await exported.text(), /\[picture\]\n\nWhat is it\?/);
  // It is no longer staged, and goes with later questions.
  assertEquals((await visitor.fetch(`/api/media/${id}`)).status, 404);
  assertEquals((await visitor.post({ message: "Again", attachments: [id] })).status, 404);
  const [, , , later] = [await visitor.ask("And now?"), ...await visitor.stored()];
  assert.match(JSON.stringify(later), /And now/);
});

test("a picture is named in the reader's language, in the stream and on the page", async (server) => {
  const visitor = new Visitor(server.url);
  const inArabic = { "accept-language": "ar" };
  const fields = { message: "What is it?", attachments: [await staged(visitor)] };
  const events = await Array.fromAsync(heard(await visitor.post(fields, inArabic)));
  const page = await (await visitor.fetch(`/chat/${TOOL}`, { headers: inArabic })).text();
  for (const html of [JSON.stringify(events).replaceAll("\\", ""), page]) {
    assert.match(html, /<img src="[^"]+" alt="صورة"/);
    assert.doesNotMatch(html, /alt="Picture"/);
  }
});

test("a picture needs no words, and a repeated request joins its turn", async (server) => {
  const visitor = new Visitor(server.url);
  const fields = {
    message: "",
    attachments: [await staged(visitor), await staged(visitor, PICTURES.png)],
    requestId: "0123456789abcdef0123",
  };
  const turns = await Promise.all([1, 2, 3].map(async () => {
    const answer = await visitor.post(fields, { accept: "application/json" });
    const body: { turnId?: string } = await answer.json();
    return [answer.status, body.turnId];
  }));
  assertEquals(new Set(turns.map(([status]) => status)), new Set([202]));
  assertEquals(new Set(turns.map(([, id]) => id)).size, 1);
  const again = await visitor.post(fields);
  assert.match(textOf(await Array.fromAsync(heard(again))), /Pictures received: 2/);
  assertEquals((await visitor.stored()).length, 2);
});

test("pictures that models do not read are refused with a reason, and nothing is kept", async (server) => {
  const visitor = new Visitor(server.url);
  const heic = latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic");
  assertEquals(await refusal(await upload(visitor, heic, "image/heic")), [
    400,
    "HEIC pictures cannot be read. Share it as JPEG, or take a screenshot of it and send that.",
  ]);
  const cases: [Uint8Array<ArrayBuffer>, string, RegExp][] = [
    [latin1("<svg xmlns='a'>"), "image/svg+xml", /SVG/],
    [PHOTO.slice(0, -9), "image/jpeg", /damaged/],
    [concat(PHOTO, latin1("PK")), "image/jpeg", /more than a picture/],
    [PICTURES.png, "image/jpeg", /another kind/],
    [new Uint8Array(), "image/png", /cannot be read/],
  ];
  for (const [bytes, type, why] of cases) {
    const [status, detail] = await refusal(await upload(visitor, bytes, type));
    assertEquals(status, 400);
    assert.match(detail, why);
  }
  const none = await visitor.fetch("/api/media", { method: "POST", body: new FormData() });
  assertEquals(none.status, 400);
  const crossing = await visitor.fetch("/api/media", {
    method: "POST",
    body: formOf(PHOTO),
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  });
  assertEquals(crossing.status, 403);
  const huge = await refusal(await upload(visitor, new Uint8Array(9_000_000)));
  assertEquals(huge, [
    413,
    "This picture is too large: at most 8 MB are taken. Send a smaller one.",
  ]);
});

test("a message takes at most four pictures, of its visitor, each once", async (server) => {
  const visitor = new Visitor(server.url);
  // The first one gets the cookie.
  const ids = [await staged(visitor)];
  ids.push(...await Promise.all([2, 3, 4].map(() => staged(visitor))));
  const stranger = new Visitor(server.url);
  const [first = ""] = ids;
  assertEquals((await stranger.post({ message: "Hi", attachments: [first] })).status, 404);
  assertEquals((await visitor.post({ message: "Hi", attachments: [first, first] })).status, 400);
  assertEquals((await visitor.post({ message: "Hi", attachments: [...ids, first] })).status, 400);
  const answer = await visitor.post({ message: "Hi", attachments: ids });
  assert.match(textOf(await Array.fromAsync(heard(answer))), /Pictures received: 4/);
});

test("without a script pictures come with the form, and a refused one leaves the text in its field", async (server) => {
  const visitor = new Visitor(server.url);
  const page = await (await visitor.fetch(`/chat/${TOOL}`)).text();
  assert.match(page, /<noscript><label[^]*<input type="file" name="pictures" form="composer"/);
  assert.match(page, /<form id="composer"[^>]* enctype="multipart\/form-data"/);
  const post = async (bytes: Uint8Array<ArrayBuffer>, type: string) => {
    const form = formOf(bytes, type, "pictures");
    form.set("message", "What is it?");
    form.set("action", "send");
    return await visitor.fetch(`/chat/${TOOL}`, { method: "POST", body: form });
  };
  const refused = await post(latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "image/heic");
  const html = await refused.text();
  assertEquals(refused.status, 400);
  assert.match(html, /Share it as JPEG/);
  assert.match(html, /<textarea[^>]*>What is it\?<\/textarea>/);
  assertEquals((await post(PHOTO, "image/jpeg")).status, 303);
  const events = await visitor.fetch(`/api/chat/${TOOL}/events`);
  for await (const { event } of heard(events)) if (event === "done") break;
  const after = await (await visitor.fetch(`/chat/${TOOL}`)).text();
  assert.match(after, /<img src="\/api\/media\//);
  assert.match(after, /Pictures received: 1/);
});

Deno.test("a tool whose model does not see takes no pictures and offers no field for them", async () => {
  await using site = await openSite({ env: { LLM_PROVIDER: "mock" } });
  const { store } = site.world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.tools.put({ ...tool, model: "gpt-3.5-turbo" });
  const fetch = visitorOf(site);
  const page = await (await fetch(`/chat/${TOOL}`)).text();
  assert.doesNotMatch(page, /type="file"[^>]*name="pictures"|name="pictures"/);
  const { id } = await (await fetch("/api/media", { method: "POST", body: formOf(PHOTO) })).json();
  const answer = await fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ toolId: TOOL, message: "Hi", attachments: [id] }),
  });
  assertEquals(await refusal(answer), [400, "This tool's model cannot see pictures."]);
  // It stays for another tool.
  assertEquals((await fetch(`/api/media/${id}`)).status, 200);
});

Deno.test("a staged picture is gone after a day, when it is removed, and with its visitor's data", async () => {
  let ms = Date.UTC(2027, 0, 1);
  await using site = await openSite({ clock: () => ms });
  const fetch = visitorOf(site);
  const stage = async () => {
    const answer = await fetch("/api/media", { method: "POST", body: formOf(PHOTO) });
    const { id }: { id: string } = await answer.json();
    return `/api/media/${id}`;
  };
  const [old, removed] = [await stage(), await stage()];
  assertEquals((await fetch(removed, { method: "DELETE" })).status, 204);
  assertEquals([(await fetch(old)).status, (await fetch(removed)).status], [200, 404]);
  const stranger = visitorOf(site);
  assertEquals((await stranger(old, { method: "DELETE" })).status, 204);
  assertEquals((await fetch(old)).status, 200);
  ms += 24 * 3_600_000;
  assertEquals((await fetch(old)).status, 404);
  const kept = await stage();
  const { kv } = site.world.deps.store;
  const about = await kv.list({ prefix: ["staged"] }, (path) => stagedKeys.staged(String(path[1])));
  const [{ value } = { value: null }] = about.slice(-1);
  assert.ok(value);
  await site.world.services.visitors.delete(value.visitor);
  assertEquals((await fetch(kept)).status, 404);
  assertEquals(
    (await kv.list(
      { prefix: ["staged_piece"] },
      (path) => stagedKeys.piece(String(path[1]), Number(path[2])),
    )).length,
    1,
  );
});

Deno.test("pictures beyond 50 MB of a visitor, and beyond the organisation's room, are refused before they are kept", async () => {
  await using site = await openSite();
  const { store } = site.world.deps;
  const fetch = visitorOf(site);
  const big = concat(jpegFile(3, 2).slice(0, -2), new Uint8Array(6_900_000), latin1("\xFF\xD9"));
  const stage = () => fetch("/api/media", { method: "POST", body: formOf(big) });
  for (let i = 0; i < 7; i++) assertEquals((await stage()).status, 201, `${i}`);
  const [status, detail] = await refusal(await stage());
  assertEquals(status, 413);
  assert.match(detail, /Your pictures and recordings may have 50 MB together/);
  const before =
    (await store.kv.list({ prefix: ["staged"] }, (path) => stagedKeys.staged(String(path[1]))))
      .length;
  assertEquals(before, 7);
  // Of 50 megabytes for all, this visitor's take 48.
  const limited = (_: unknown, now: typeof store.settings.current) => ({
    ...now,
    limits: { ...now.limits, mediaMegabytes: 50 },
  });
  await store.settings.change(limited, 1_000);
  const other = visitorOf(site);
  const full = await refusal(await other("/api/media", { method: "POST", body: formOf(big) }));
  assertEquals(full[0], 413);
  assert.match(full[1], /no room for more pictures/);
  assertEquals((await other("/api/media", { method: "POST", body: formOf(PHOTO) })).status, 201);
});

Deno.test("a visitor's staged pictures are at most 200, however small", async () => {
  await using site = await openSite();
  const { pictures } = site.world.services;
  const stage = (i: number) =>
    pictures.stage({ visitor: "ada", address: `a${i}` }, { type: "", bytes: PICTURES.png });
  for (let i = 0; i < 200; i++) await stage(i);
  const error = await stage(200).then(() => null, (error: unknown) => error);
  assert.ok(error instanceof AppError && error.told.code === "picture.quota", String(error));
  assertEquals(
    (await pictures.stage({ visitor: "eve", address: "a" }, {
      type: "",
      bytes: PICTURES.png,
    })).type,
    "image/png",
  );
});

test("a picture's hostile file name is in no answer, header, export or line of the log", async (server) => {
  const visitor = new Visitor(server.url);
  const name = '../../evilname\u202e<img src=x onerror=alert(1)>%0d%0aX-Evil: 1";=1+1.html';
  const form = new FormData();
  form.set("file", new File([PHOTO], name, { type: "image/jpeg" }));
  const answers = [await visitor.fetch("/api/media", { method: "POST", body: form })];
  const { id }: { id: string } = await answers[0]?.clone().json();
  await Array.fromAsync(heard(await visitor.post({ message: "Look", attachments: [id] })));
  const page = await visitor.fetch(`/chat/${TOOL}`);
  const [, path = ""] = /<img src="(\/api\/media\/[^"]+)" alt="Picture"/.exec(
    await page.clone().text(),
  ) ?? [];
  // Refused ones too, whose refusal could name the file.
  const broken = new FormData();
  broken.set("file", new File(["no picture"], name, { type: "text/html" }));
  answers.push(
    page,
    await visitor.fetch(path),
    await visitor.fetch("/api/media", { method: "POST", body: broken }),
  );
  for (const at of [`/chat/${TOOL}/export?format=md`, `/chat/${TOOL}/export?format=json`]) {
    answers.push(await visitor.fetch(at));
  }
  assertEquals(answers.map(({ status }) => status), [201, 200, 200, 400, 200, 200]);
  for (const answer of answers) {
    const told = JSON.stringify([...answer.headers]) + latin1Text(await answer.arrayBuffer());
    assert.doesNotMatch(told, /evilname|x-evil/i, answer.url);
  }
  for (const level of ["debug", "info", "warn", "error"] as const) {
    assert.doesNotMatch(JSON.stringify(server.logged(level)), /evilname/, level);
  }
});

Deno.test("fifty uploads over the limit at once grow the server's memory by at most 150 MB, and messages still pass", async () => {
  await using server = await startServer();
  const visitor = new Visitor(server.url);
  await staged(visitor, pngFile(2_000, 1_000));
  const before = watchMemory(server.pid).stop();
  const watched = watchMemory(server.pid);
  const piece = new Uint8Array(64 * 1024);
  const head = latin1('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n');
  const uploads = Array.from({ length: 50 }, async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(head),
      pull: (controller) => {
        sent += piece.length;
        if (sent > 20_000_000) controller.close();
        else controller.enqueue(piece);
      },
    });
    const headers = { "content-type": "multipart/form-data; boundary=x", cookie: visitor.cookie };
    const answer = await fetch(`${server.url}/api/media`, { method: "POST", body, headers })
      .catch(() => null);
    await answer?.body?.cancel();
    return answer?.status ?? 0;
  });
  const answers = await Promise.all([visitor.post({ message: "Hello" }), ...uploads]);
  const [message, ...statuses] = answers;
  assert.ok(message instanceof Response && message.status === 200);
  await message.body?.cancel();
  for (const status of statuses) assert.ok([0, 408, 413].includes(Number(status)), `${status}`);
  const most = watched.stop();
  assert.ok(most - before <= 150, `${before} MB became ${most}`);
});
