import { quoted, servingRights } from "@/lib/commands/rights.ts";
import { EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";

const ROOT = new URL("../../", import.meta.url);
const PROBE = new URL("../support/rights_probe.ts", import.meta.url).pathname;
const linux = Deno.build.os === "linux";
const decoder = new TextDecoder();

/** The outcome of each of the probe's attempts with the rights of a serving process. */
async function probe(kvPath: string, data: string, elsewhere: string) {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...await servingRights(ROOT, kvPath), PROBE, data, ROOT.pathname, elsewhere],
    stdin: "null",
  }).output();
  assert.notEqual(stdout.length, 0, decoder.decode(stderr));
  const came: Record<string, string> = JSON.parse(decoder.decode(stdout));
  const done = Object.keys(came).filter((name) => came[name] === "done");
  const refusal =
    /NotCapable|Requires .+ access|--cached-only is specified|lockfile is out of date/;
  const refused = Object.entries(came).filter(([, what]) => refusal.test(what));
  return { done, refused: refused.map(([name]) => name), came };
}

Deno.test("servingRights() deny running programs, loading code, and file access outside of the data", async () => {
  await using files = await scratch();
  await Deno.writeTextFile(`${files.folder}/secret`, "x");
  const data = `${files.folder}/my data`;
  await Deno.mkdir(data);
  const { done, refused, came } = await probe(`${data}/kv.sqlite`, data, files.folder);
  assertEquals(done, ["write its data", "read the program", "listen", "know its own addresses"]);
  assertEquals([...refused, ...done].sort(), Object.keys(came).sort(), JSON.stringify(came));
});

Deno.test("servingRights() cover only the store's own files in a shared folder", async () => {
  await using files = await scratch();
  await Deno.writeTextFile(`${files.folder}/secret`, "x");
  const { done, came } = await probe(files.store, files.folder, files.folder);
  assertEquals(
    done,
    ["read the program", "listen", "know its own addresses"],
    JSON.stringify(came),
  );
  const writes = (rights: string[]) => rights.filter((word) => word.startsWith("--allow-write"));
  assertEquals(
    writes(await servingRights(ROOT, "kv.sqlite", ROOT.pathname)),
    ["--allow-write=kv.sqlite,kv.sqlite-wal,kv.sqlite-shm,kv.sqlite-journal,kv.sqlite-processes"],
  );
  assertEquals(writes(await servingRights(ROOT, "data/x.sqlite", ROOT.pathname)), [
    "--allow-write=data",
  ]);
  for (const none of [":memory:", "https://kv.example.org", undefined]) {
    assertEquals(writes(await servingRights(ROOT, none)), []);
  }
});

Deno.test("servingRights() include reading the file of trusted authorities", async () => {
  const reads = (rights: string[]) => rights.find((word) => word.startsWith("--allow-read"));
  const before = reads(await servingRights(ROOT, undefined));
  assertEquals(
    reads(await servingRights(ROOT, undefined, Deno.cwd(), "/etc/authority.pem"))?.replace(
      ",/etc/authority.pem",
      "",
    ),
    before,
  );
});

Deno.test("servingRights() refuse a path that no flag can express, in one line", async () => {
  for (const odd of ["/srv/a,b/kv.sqlite", "/srv/it's/kv.sqlite"]) {
    await assert.rejects(servingRights(ROOT, odd), /^Error: Cannot start: \/srv\/.+ in its name$/);
  }
  assertEquals(
    quoted(["--allow-write=/srv/my data,/srv/é", "-x=a@2"]),
    "'--allow-write=/srv/my data,/srv/é' -x=a@2",
  );
});

Deno.test("a server in a shared folder serves and stores with rights to its own files only", async () => {
  await using files = await scratch();
  await Deno.writeTextFile(`${files.folder}/page.html`, "hello");
  await using server = await startServer({ kvPath: files.store });
  const visitor = new Visitor(server.url);
  await visitor.fetch("/chat/general-assistant");
  await (await visitor.post({ message: "Hello" })).text();
  assertEquals((await visitor.stored()).length, 2);
  assertEquals([...server.logged("error"), ...server.logged("warn")], []);
});

Deno.test("a server with these rights sends an alert to a webhook, and signs an admin in", async () => {
  const alert = Promise.withResolvers<unknown>();
  await using receiver = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      alert.resolve(await request.json());
      return new Response();
    },
  );
  await using server = await startServer({
    env: {
      ADMIN_PASSWORD: PASSWORD,
      ALLOWED_ADMIN_EMAILS: EMAIL,
      COST_ALERT_SESSION_USD: "0.000001",
      ALERT_WEBHOOK_URL: `http://127.0.0.1:${receiver.addr.port}/`,
      ALERT_WEBHOOK_PRIVATE: "true",
    },
  });
  const visitor = new Visitor(server.url);
  await visitor.fetch("/chat/general-assistant");
  await (await visitor.post({ message: "Hello" })).text();
  assert.match(JSON.stringify(await alert.promise), /session/);
  const answer = await fetch(`${server.url}/admin/login`, {
    method: "POST",
    body: new URLSearchParams({ email: EMAIL, password: PASSWORD }),
    headers: { origin: server.url },
    redirect: "manual",
  });
  await answer.body?.cancel();
  assertEquals([answer.status, answer.headers.get("location")], [303, "/admin"]);
});

Deno.test("docs/DEPLOYMENT.md names each of these rights; units and container use the task's flags and no others", async () => {
  const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));
  const docs = await read("docs/DEPLOYMENT.md");
  const table = /^## What it may do$([^]*?)^## /m.exec(docs)?.[1] ?? "";
  for (const right of await servingRights(ROOT, "data/x.sqlite")) {
    const flag = right.startsWith("--allow-sys") ? right : right.replace(/=.*/, "");
    assert.ok(table.includes(`\`${flag}\``), `${flag} is missing`);
  }
  const { tasks }: { tasks: { start: string } } = JSON.parse(await read("deno.json"));
  assert.match(tasks.start, /dev\.ts rights \| xargs deno run$/);
  const places = ["Containerfile", "systemd/obt-helper.service", "systemd/obt-helper@.service"];
  const texts = [docs, ...await Promise.all(places.map((name) => read(`deploy/${name}`)))];
  for (const text of texts) {
    const served = text.match(/exec deno run .*?rights/g) ?? [];
    assertEquals(
      served.map((line) => /run \$+(rights|\(deno run -A dev.ts rights)$/.test(line)),
      [true],
    );
  }
});

Deno.test({
  name:
    "`deno task start` serves with these rights, from a store in a folder with a space, and ends well",
  ignore: !linux,
  fn: async () => {
    await using files = await scratch();
    const kvPath = `${files.folder}/my data/kv.sqlite`;
    await using server = await startServer({ kvPath, task: true });
    let inner: number | null = null;
    try {
      const visitor = new Visitor(server.url);
      await visitor.fetch("/chat/general-assistant");
      await (await visitor.post({ message: "Hello" })).text();
      assertEquals((await visitor.stored()).length, 2);
      const children = await Deno.readTextFile(`/proc/${server.pid}/task/${server.pid}/children`);
      const args = (await Deno.readTextFile(`/proc/${children.trim()}/cmdline`)).split("\0");
      const rights = await servingRights(ROOT, kvPath, ROOT.pathname);
      assertEquals(args.filter((word) => rights.includes(word)), rights);
      assertEquals(args.filter((word) => /^(-A|--allow-(all|run))/.test(word)), []);
      inner = Number(children);
      for (const name of ["", "/kv.sqlite", "/kv.sqlite-wal", "/kv.sqlite-shm"]) {
        const { mode } = await Deno.stat(`${files.folder}/my data${name}`);
        assertEquals((mode ?? 0) & 0o777, name === "" ? 0o700 : 0o600);
      }
    } finally {
      // Ctrl-C: the terminal signals both processes.
      server.kill("SIGINT");
      if (inner !== null) Deno.kill(inner, "SIGINT");
    }
    assertEquals((await server.exited).code, 0);
    assert.match(server.log.join("\n"), /"Shut down"/);
  },
});
