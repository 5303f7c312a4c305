import { createHash } from "node:crypto";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { switchGeneration } from "@/lib/store/whole_store/generation_change.ts";
import { storeKeys } from "@/lib/store/records.ts";
import { DEFAULT_TOOLS } from "@/lib/tools/rules/defaults/default_tools.ts";
import { VisitorCookies } from "@/lib/web/session.ts";

const QUESTION = "What is my own question?";

async function open(site: Site, cookie: string | null, path = `/chat/${TOOL}`) {
  const answer = await site.fetch(path, cookie === null ? {} : { headers: { cookie } });
  const text = await answer.text();
  const set = answer.headers.getSetCookie();
  assert.ok(set.length <= 1);
  return { set: set[0]?.split(";", 1)[0] ?? null, sees: text.includes(QUESTION) };
}

const idOf = (token: string) => createHash("sha256").update(token).digest("base64url");

Deno.test("a forged cookie is replaced by a new visitor's", async () => {
  await using site = await openSite();
  const made = `visitor=${"m".repeat(43)}`;
  const first = await open(site, made);
  assert.match(first.set ?? "", /^visitor=[\w-]{52}\.[\w-]{22}$/);
  assert.ok(!first.set?.includes("m".repeat(10)));
  assertEquals((await open(site, first.set)).set, null, "Ours holds");
  const post = await site.fetch("/api/chat", {
    method: "POST",
    headers: { cookie: made, "content-type": "application/json" },
    body: JSON.stringify({ toolId: TOOL, message: QUESTION }),
  });
  await post.text();
  const given = post.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  assertEquals(await open(site, given), { set: null, sees: true });
  const still = await open(site, made);
  assertEquals([still.sees, still.set === null], [false, false], "Nothing is kept under it");
});

Deno.test("an unsigned cookie of an earlier version is recognised if the store knows its visitor, and is signed", async () => {
  await using site = await openSite();
  for (const token of ["f".repeat(43), `0mwsefkhi${"f".repeat(43)}`]) {
    const visitor = token.slice(0, -43) + idOf(token);
    await ask(site.world, QUESTION, { visitor });
    const former = await open(site, `visitor=${token}`);
    assert.ok(former.sees, "The conversation is still there");
    assert.match(former.set ?? "", new RegExp(`^visitor=${token}\\.[\\w-]{22}$`));
    assertEquals(await open(site, former.set), { set: null, sees: true });
  }
});

Deno.test("a signed cookie is valid for every process on its store, and for no other store", async () => {
  const folder = await Deno.makeTempDir({ prefix: "obt-helper-" });
  const path = `${folder}/kv.sqlite`;
  let cookie: string | null;
  {
    await using site = await openSite({ path });
    cookie = (await open(site, null)).set;
  }
  {
    await using site = await openSite({ path });
    assertEquals((await open(site, cookie)).set, null);
  }
  await using other = await openSite();
  assert.notEqual((await open(other, cookie)).set, null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("cookies are signed with the secret of the generation that is current, without a new start", async () => {
  await using site = await openSite();
  const { store, clock } = site.world.deps;
  const before = (await open(site, null)).set;
  const restored = "r".repeat(43);
  const next = store.kv.at(1);
  await next.commit(next.atomic().set(storeKeys.secret("visitors").path, restored));
  await switchGeneration(store.kv, 1);
  await store.tools.seed(DEFAULT_TOOLS("gpt-6-luna"));
  const { setCookie } = new VisitorCookies(restored, clock).fresh(false);
  const ofTheBackup = setCookie?.split(";", 1)[0] ?? null;
  assertEquals((await open(site, ofTheBackup)).set, null, "It was made with this secret");
  assert.notEqual((await open(site, before)).set, null);
});

Deno.test("one request creates one visitor, and a redirect carries the cookie too", async () => {
  await using site = await openSite();
  const body = new URLSearchParams({ action: "send", message: QUESTION });
  const answer = await site.fetch(`/chat/${TOOL}`, { method: "POST", body });
  assertEquals(answer.status, 303);
  const cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? null;
  assertEquals(await open(site, cookie), { set: null, sees: true });
  assertEquals((await open(site, null, "/")).set, null, "Who only looks at the tools gets none");
});
