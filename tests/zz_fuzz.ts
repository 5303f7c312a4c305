import fc from "fast-check";
import { keys } from "@/lib/store/keys.ts";
import { Admin, openAdminSite } from "@/tests/support/admin.ts";
const site = await openAdminSite({ RATE_LIMIT_ADMIN_PER_5MIN: "1000000" });
const admin = await Admin.signIn(site);
const csrf = await admin.token();
const { transfer } = site.world.services.tools;
const seed = await transfer.export();
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, -1, 1e300, "", "x".repeat(30000), "$5"),
);
const arb = fc.oneof(
  fc.array(fc.tuple(fc.nat(), fc.nat(), values), { minLength: 1, maxLength: 4 }).map((edits) => {
    const file = JSON.parse(seed);
    for (const [w, k, v] of edits) {
      const t = file.tools[w % file.tools.length];
      const n = Object.keys(t).filter((x) => x !== "id");
      t[n[k % n.length]!] = v;
    }
    return JSON.stringify(file);
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.string()).map(([f, l, p]) => {
    const at = f % seed.length;
    return seed.slice(0, at) + p + seed.slice(at + l % 60);
  }),
  fc.json(),
);
const ids = JSON.parse(seed).tools.map((t: { id: string }) => t.id);
const statuses: Record<string, number> = {};
let writes = 0;
const version = async () => (await site.world.deps.store.kv.get(keys.tools())).value;
const began = performance.now();
for (const text of fc.sample(arb, 10_000)) {
  const before = await version();
  const body = new URLSearchParams({ csrf, action: "import", text, seen: before ?? "" });
  for (const id of ids) body.append("chosen", id);
  const answer = await site.fetch("/admin/tools/import", {
    method: "POST",
    headers: { cookie: admin.cookie, "sec-fetch-site": "same-origin" },
    body,
  });
  await answer.body?.cancel();
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  if (await version() !== before) {
    writes++;
    if (answer.status !== 303) throw new Error("a refused import wrote");
  }
}
console.log(
  JSON.stringify(statuses),
  "imports that wrote:",
  writes,
  Math.round(performance.now() - began),
  "ms",
);
await site[Symbol.asyncDispose]();
