import { read } from "@/tests/architecture/source.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";

/** A unit's settings, of which some come several times. */
async function settingsOf(unit: string): Promise<string[]> {
  const text = await read(`deploy/systemd/${unit}`);
  return text.split("\n").filter((line) => /^\w+=/.test(line));
}

const value = (settings: readonly string[], name: string) =>
  settings.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);

Deno.test("deploy/systemd: the second unit differs by its port, its drain and the time for it", async () => {
  const [one, two] = [
    await settingsOf("obt-helper.service"),
    await settingsOf("obt-helper@.service"),
  ];
  const own = two.filter((line) => !one.includes(line));
  assertEquals(own, [
    "Description=OBT Helper on port %i",
    "Environment=PORT=%i DRAIN_SECONDS=120",
    "ExecStartPost=/usr/local/bin/deno run -A dev.ts ready",
    "TimeoutStopSec=130",
  ]);
  assertEquals(value(one, "TimeoutStopSec"), "10");
});

Deno.test("deploy/nginx: both units' ports stand in the upstream, and only requests with ids may be sent twice", async () => {
  const [upstream, site] = [
    await read("deploy/nginx/upstream-two.conf"),
    await read("deploy/nginx/site.conf"),
  ];
  for (const port of [8001, 8002]) assert.ok(upstream.includes(`server 127.0.0.1:${port} `));
  const twice = [...site.matchAll(/location (.+) \{([^}]*)\}/g)]
    .filter(([, , lines = ""]) => lines.includes("non_idempotent")).map(([, path]) => path);
  assertEquals(twice, ["~ ^/api/(chat|whatsapp)$"]);
});
