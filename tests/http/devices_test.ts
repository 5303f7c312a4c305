import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openSite } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";

/** The address of a new code, as a path. */
async function codeOf(first: OwnPerson): Promise<string> {
  const html = await (await first.post("/device", { action: "offer" })).text();
  const [path] = /\/device\/redeem\?code=[\w-]{32}/.exec(html) ?? [];
  assert.ok(path);
  return path;
}

const codeIn = (path: string) => path.split("code=")[1] ?? "";

/** Redeems a code on a device; returns the number that it shows. */
async function redeem(other: OwnPerson, path: string): Promise<string> {
  const done = await other.post("/device/redeem", { code: codeIn(path) });
  assertEquals([done.status, done.headers.get("location")], [303, "/device/redeem"]);
  const [, number] = /It shows the number (\d{4})/.exec(await other.html("/device/redeem")) ?? [];
  assert.ok(number);
  return number;
}

/** The id of the device that waits on the first one's page. */
async function waitingOn(first: OwnPerson): Promise<string> {
  const [, id = ""] = /name="device" value="([\w-]+)"/.exec(await first.html("/device")) ?? [];
  return id;
}

Deno.test("another device: redeemed by POST, once, and sees nothing before the first one confirms it", async () => {
  await using site = await openSite();
  const [first, other, thief] = [new OwnPerson(site), new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  await other.say("the other's own");
  const path = await codeOf(first);
  // A preview opens the address.
  for (let i = 0; i < 3; i++) assert.match(await thief.html(path), /Continue on this device/);
  const number = await redeem(other, path);
  assertEquals((await thief.post("/device/redeem", { code: codeIn(path) })).status, 404);
  assertEquals((await thief.get(path)).status, 404);
  assert.doesNotMatch(await other.html("/history"), /said on the first/);
  assertEquals((await other.get("/device/redeem?waiting")).status, 204);
  assertEquals((await first.get("/device?waiting")).status, 200);
  assert.match(await first.html("/device"), new RegExp(`the number ${number}`));
  const id = await waitingOn(first);
  await thief.post("/device", { action: "confirm", device: id });
  assert.doesNotMatch(await other.html("/history"), /said on the first/, "Only the first confirms");
  await first.post("/device", { action: "confirm", device: id });
  assertEquals((await other.get("/device/redeem?waiting")).status, 200);
  assertEquals((await other.get("/device/redeem")).headers.get("location"), "/history");
  const history = await other.html("/history");
  assert.match(history, /said on the first/);
  assert.doesNotMatch(history, /the other's own/);
  await other.say("said on the other");
  assert.match(await first.html(`/chat/${TOOL}`), /said on the other/);

  assertEquals((await other.post("/device", { action: "offer" })).status, 403);
  await first.post("/device", { action: "end", device: id });
  const own = await other.html("/history");
  assert.match(own, /the other's own/);
  assert.doesNotMatch(own, /said on/);
});

Deno.test("another device: refused, left, over after ten minutes, a new code ends the old one, not itself", async () => {
  let now = Date.UTC(2026, 10, 1);
  await using site = await openSite({ clock: () => now++ });
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  const old = await codeOf(first);
  const path = await codeOf(first);
  assertEquals((await other.get(old)).status, 404);
  assertEquals((await first.post("/device/redeem", { code: codeIn(path) })).status, 409);
  await redeem(other, path);
  await first.post("/device", { action: "end", device: await waitingOn(first) });
  assertEquals((await other.get("/device/redeem")).status, 404);

  await redeem(other, await codeOf(first));
  const late = await waitingOn(first);
  now += 11 * 60_000;
  await first.post("/device", { action: "confirm", device: late });
  assert.doesNotMatch(await other.html("/history"), /said on the first/);

  const over = await codeOf(first);
  now += 11 * 60_000;
  assertEquals((await other.get(over)).status, 404);
  assertEquals((await other.post("/device/redeem", { code: codeIn(over) })).status, 404);

  await redeem(other, await codeOf(first));
  await first.post("/device", { action: "confirm", device: await waitingOn(first) });
  assert.match(await other.html("/device"), /Stop on this device/);
  await other.post("/device", { action: "leave" });
  assert.doesNotMatch(await other.html("/history"), /said on the first/);
  assert.match(await first.html("/device"), /No other device/);
});

Deno.test("another device ends with one's data; the store knows neither codes nor tokens", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  const open = await codeOf(first);
  const { kv } = site.world.deps.store;
  const stored = async () => {
    const families = ["device", "device_of", "device_code", "device_offer"];
    const rows = await Promise.all(families.map((each) => kv.stored({ prefix: [each] }, 10)));
    return Deno.inspect(rows, { depth: 9 });
  };
  assert.ok(!(await stored()).includes(codeIn(open)));
  await redeem(other, open);
  const [, token = ""] = /device=([\w-]{43})/.exec(other.cookie) ?? [];
  assert.ok(token !== "" && !(await stored()).includes(token));
  await first.post("/device", { action: "confirm", device: await waitingOn(first) });
  const next = await codeOf(first);
  await first.post("/my-data/delete", { confirm: "yes" });
  assertEquals(await stored(), "[ [], [], [], [] ]");
  assert.match(await other.html("/history"), /No conversations yet/);
  assertEquals((await other.get(next)).status, 404);
});

Deno.test("POST /my-data/delete on another device: the first one's data is gone, the device's own is not", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  await other.say("the other's own");
  await addDevice(first, other);
  const done = await other.post("/my-data/delete", { confirm: "yes" });
  // The cookie of the visitor stays.
  const cookies = done.headers.getSetCookie().map((each) => each.split("=")[0]);
  assertEquals(cookies, ["device", "forget"]);
  assert.doesNotMatch(await first.html("/history"), /said on the first/);
  assert.match(await other.html("/history"), /the other's own/);
  // Now it is their own that they delete.
  await other.post("/my-data/delete", { confirm: "yes" });
  assertEquals(other.cookie, "forget=1");
});

/** All that an event stream tells to its end. */
async function toItsEnd({ body }: Response): Promise<string> {
  let text = "", ended = false;
  const reading = (async () => {
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
    ended = true;
  })();
  await until("the stream's end", () => ended, 60_000);
  await reading;
  return text;
}

/** A confirmed device of `first`; returns its id. */
async function addDevice(first: OwnPerson, other: OwnPerson): Promise<string> {
  await redeem(other, await codeOf(first));
  const id = await waitingOn(first);
  await first.post("/device", { action: "confirm", device: id });
  return id;
}

Deno.test("an open event stream of another device ends with the device, and tells nothing that comes later", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said before");
  for (const end of ["ended", "left", "all data deleted"]) {
    const id = await addDevice(first, other);
    const stream = await other.get(`/api/chat/${TOOL}/events`);
    if (end === "ended") await first.post("/device", { action: "end", device: id });
    else if (end === "left") await other.post("/device", { action: "leave" });
    else await first.post("/my-data/delete", { confirm: "yes" });
    await first.say(`said after it was ${end}`);
    const text = await toItsEnd(stream);
    assert.match(text, /event: reload\ndata: {}\n\n$/, end);
    assert.doesNotMatch(text, /said after/, end);
  }
});

Deno.test("an open event stream of another device ends when another process ends the device", async () => {
  await using folder = await scratch();
  const path = folder.store;
  await using site = await openSite({ path });
  await using elsewhere = await openSite({ path });
  const [first, other] = [new OwnPerson(site), new OwnPerson(elsewhere)];
  await first.say("said before");
  const id = await addDevice(first, other);
  const stream = await other.get(`/api/chat/${TOOL}/events`);
  await first.post("/device", { action: "end", device: id });
  assert.match(await toItsEnd(stream), /event: reload\ndata: {}\n\n$/);
});

Deno.test("another device: one that was ended is told once, in place of what it asked, and clears what it keeps", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  await other.say("the other's own");
  await redeem(other, await codeOf(first));
  const id = await waitingOn(first);
  await first.post("/device", { action: "confirm", device: id });
  // The first page after the confirmation is another visitor's.
  const read = await other.get("/history");
  assertEquals(read.headers.get("x-other-visitor"), "1");
  assertEquals((await other.get("/history")).headers.get("x-other-visitor"), null);
  assert.doesNotMatch(await read.text(), /forget\.js/);
  await first.post("/device", { action: "end", device: id });
  const ask = () =>
    other.get("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ toolId: TOOL, message: "meant for the first" }),
    });
  const refused = await ask();
  assertEquals([refused.status, refused.headers.get("clear-site-data")], [
    403,
    '"cache", "storage"',
  ]);
  assertEquals((await refused.json()).code, "device.ended");
  assert.match(await other.html(`/chat/${TOOL}`), /src="\/forget\.js/);
  assert.match(await other.html(`/chat/${TOOL}`), /the other&#39;s own|the other's own/);
  assert.doesNotMatch(await first.html(`/chat/${TOOL}`), /meant for the first/);
  // By a page at first: its script and its header clear as well.
  await redeem(other, await codeOf(first));
  await first.post("/device", { action: "confirm", device: await waitingOn(first) });
  await other.html("/history");
  other.cookie = other.cookie.replace(/(; )?forget=1/, "");
  const again = /name="device" value="([\w-]+)"/.exec(await first.html("/device"))?.[1] ?? "";
  await first.post("/device", { action: "end", device: again });
  const page = await other.get("/history");
  assertEquals(page.headers.get("clear-site-data"), '"cache", "storage"');
  assert.match(await page.text(), /src="\/forget\.js/);
  assert.doesNotMatch(other.cookie, /device=/);
});

Deno.test("another device: one that was never confirmed keeps what is its own", async () => {
  await using site = await openSite();
  const [first, other] = [new OwnPerson(site), new OwnPerson(site)];
  await first.say("said on the first");
  await other.say("the other's own");
  await redeem(other, await codeOf(first));
  await first.post("/device", { action: "end", device: await waitingOn(first) });
  const page = await other.get(`/chat/${TOOL}`);
  assertEquals(page.headers.get("clear-site-data"), null);
  assert.doesNotMatch(await page.text(), /forget\.js/);
  await other.say("and still so");
  assert.match(await other.html(`/chat/${TOOL}`), /and still so/);
});
