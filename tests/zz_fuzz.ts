import fc from "fast-check";
import { Admin, openAdminSite } from "@/tests/support/admin.ts";
const site = await openAdminSite({ RATE_LIMIT_ADMIN_PER_5MIN: "1000000" });
const admin = await Admin.signIn(site);
const csrf = await admin.token();
const { transfer } = site.world.services.tools;
const seed = await transfer.export();
const values = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1e300, "", "x".repeat(30000), "$5"));
const arb = fc.oneof(
  fc.array(fc.tuple(fc.nat(), fc.nat(), values), { minLength: 1, maxLength: 4 }).map((edits) => {
    const file = JSON.parse(seed);
    for (const [w, k, v] of edits) { const t = file.tools[w % file.tools.length]; const n = Object.keys(t); t[n[k % n.length]!] = v; }
    return JSON.stringify(file);
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.string()).map(([f, l, p]) => { const at = f % seed.length; return seed.slice(0, at) + p + seed.slice(at + l % 60); }),
  fc.json(),
);
const statuses: Record<string, number> = {};
let writes = 0;
const files = fc.sample(arb, 10_000);
const began = performance.now();
for (const text of files) {
  const before = (await site.world.deps.store.tools.snapshot()).version;
  const { items, tools } = await transfer.plan(text).catch(() => ({ items: [], tools: new Map() }));
  const body = new URLSearchParams({ csrf, action: "import", text, seen: before ?? "" });
  for (const id of tools.keys()) body.append("chosen", id);
  const answer = await site.fetch("/admin/tools/import", { method: "POST", headers: { cookie: admin.cookie, "sec-fetch-site": "same-origin" }, body });
  await answer.text();
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  const after = (await site.world.deps.store.tools.snapshot());
  if (answer.status === 303 && tools.size > 0) {
    writes++;
    for (const [id, t] of tools) { const s = after.tools.find((x) => x.id === id); if (!s || s.name !== t.name) throw new Error("partial " + id); }
    // back to the seed, so that the next ones change something again
    for (const t of after.tools) if (!seed.includes(`"id": "${t.id}"`)) await site.world.services.tools.editing.remove("x", t.id);
    await transfer.import("x", seed);
  } else if (after.version !== before) throw new Error("a refused import wrote");
  void items;
}
console.log(JSON.stringify(statuses), "imports that wrote:", writes, Math.round(performance.now() - began), "ms");
await site[Symbol.asyncDispose]();
