import { doctor } from "@/lib/commands/doctor.ts";
import { readConfig } from "@/lib/config.ts";
import { clockFinding } from "@/lib/doctor/clock_check.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { HttpClient } from "@/lib/platform/http_client.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { Admin, EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { type Asked, startAnsweringModel } from "@/tests/support/answering_model.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { NIGHT_ZONE } from "@/tests/support/noon.ts";
import { NO_SHARES } from "@/tests/support/shares.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openSite, type Site } from "@/tests/support/site.ts";

const SECRETS = {
  BACKUP_KEY: "a passphrase of many letters",
  METRICS_TOKEN: "token-for-metrics-1",
};

/** A whole deployment on a port: a model, Twilio, backups; `fault` answers in place of the site. */
async function deployed(answer: (asked: Asked) => string | Response = () => "Hi") {
  const files = await scratch();
  const model = startAnsweringModel(answer);
  const twilio = await TwilioSimulator.start();
  const at: { site: Site | null; fault: ((request: Request) => Response) | null } = {
    site: null,
    fault: null,
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    if (at.fault !== null) return at.fault(request);
    const { pathname, search } = new URL(request.url);
    const { method, headers, body } = request;
    return at.site?.fetch(`${pathname}${search}`, { method, headers, body }) ?? new Response();
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  twilio.connect(url);
  const env: Record<string, string> = {
    ...model.env,
    ...twilio.env(),
    ...SECRETS,
    ...NO_SHARES,
    PUBLIC_URL: url,
    KV_PATH: files.store,
    BACKUP_DIR: `${files.folder}/backups`,
    // The nightly backup would be under way when a test makes its own.
    TIME_ZONE: NIGHT_ZONE,
    ADMIN_PASSWORD: PASSWORD,
    ALLOWED_ADMIN_EMAILS: EMAIL,
  };
  const site = at.site = await openSite({ env, path: files.store });
  return {
    at,
    site,
    model,
    files,
    /** Runs the command beside the site. */
    async run(more: Record<string, string> = {}) {
      const said: string[] = [];
      const code = await doctor(readConfig({ ...env, ...more }), [], (line) => said.push(line));
      return { code, said: said.join("\n") };
    },
    async [Symbol.asyncDispose]() {
      await twilio.settled();
      await site[Symbol.asyncDispose]();
      await server.shutdown();
      await twilio.close();
      await model[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
    },
  };
}

Deno.test("doctor passes a sound deployment while it runs, spends one booked call a provider, and shows no secret", async () => {
  await using all = await deployed();
  const { site, model } = all;
  await site.world.services.backups.byHand.begin(EMAIL, "make");
  await site.world.services.backups.byHand.ended();
  const { code, said } = await all.run();
  assertEquals(code, 0, said);
  for (
    const line of [
      /OK +Store +It takes reads/,
      /OK +Disk space/,
      /OK +File rights/,
      /OK +Clock +It is right/,
      /OK +Key of OpenAI +It answers/,
      /OK +Twilio +Our number is a WhatsApp sender and online/,
      /OK +Webhook +A request that is signed/,
      /OK +Backups +The newest is 0 hours old/,
      /Look +Backups +They lie on this machine only/,
      /OK +Metrics +Prometheus/,
    ]
  ) assert.match(said, line);
  for (const secret of [...Object.values(SECRETS), PASSWORD, model.env.OPENAI_API_KEY ?? "?"]) {
    assert.ok(!said.includes(secret));
  }
  assertEquals(model.asked.length, 1);
  const { difference, entries } = await checkLedger(site.world.deps.store);
  assertEquals([difference, entries], [null, 1]);
  assertEquals((await site.world.deps.store.processes.listed()).size, 1);
});

Deno.test("doctor names what is to be mended, and exits with 1", async () => {
  await using all = await deployed(() =>
    Response.json({ error: { message: "x" } }, { status: 401 })
  );
  const { at, files, site } = all;
  await Deno.chmod(files.store, 0o644);
  await site.world.services.backups.byHand.begin(EMAIL, "make");
  await site.world.services.backups.byHand.ended();
  const [backup] = await site.world.services.backups.list();
  await Deno.remove(`${files.folder}/backups/${backup?.name}`);
  at.fault = () => new Response("elsewhere");
  const { code, said } = await all.run();
  assertEquals(code, 1);
  assert.match(said, /Mend +Key of OpenAI +The key is not accepted/);
  assert.match(said, /Mend +Webhook +PUBLIC_URL answers requests that nobody signed/);
  assert.match(said, /Look +Backups +There is none yet/);
  at.fault = () => new Response("", { status: 502 });
  assert.match((await all.run()).said, /Mend +Webhook +PUBLIC_URL answers with status 502/);
  // A proxy that passes all but the signature.
  at.fault = null;
  const wrong = await all.run({ TWILIO_AUTH_TOKEN: "another token than theirs" });
  assert.match(wrong.said, /Mend +Webhook +A request that is signed as Twilio's is refused/);
  const gone = await all.run({ PUBLIC_URL: "http://127.0.0.1:1" });
  assert.match(gone.said, /Mend +Webhook +PUBLIC_URL does not answer/);
});

Deno.test("doctor checks what it can while the store cannot be opened, and exits with 1", async () => {
  await using files = await scratch();
  await Deno.mkdir(files.store);
  const said: string[] = [];
  const config = readConfig({ KV_PATH: files.store, LLM_PROVIDER: "mock" });
  assertEquals(await doctor(config, [], (line) => said.push(line)), 1);
  const all = said.join("\n");
  assert.match(all, /Mend +Store +Cannot open the store \/.+: .+\. Until it can be used/);
  for (const check of ["Settings", "Address", "Admin area", "Disk space", "File rights", "Clock"]) {
    assert.match(all, new RegExp(`^(OK|Look|Mend) +${check} `, "m"));
  }
});

Deno.test("doctor tells a receiver of alerts that does not answer, and sends it no alert", async () => {
  await using all = await deployed();
  const methods: string[] = [];
  const receiver = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (asked) => {
    methods.push(asked.method);
    return new Response(null, { status: 405 });
  });
  const url = `http://127.0.0.1:${receiver.addr.port}/hook`;
  const at = { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_PRIVATE: "true" };
  assert.match((await all.run(at)).said, /OK +Alerts +The receiver of alerts answers/);
  assertEquals(methods, ["HEAD"]);
  const { said } = await all.run({ ...at, ALERT_WEBHOOK_PRIVATE: "false" });
  assert.match(said, /Mend +Alerts +The webhook's address is not allowed/);
  await receiver.shutdown();
  const silent = await all.run(at);
  assert.match(silent.said, /Mend +Alerts +The receiver of alerts does not answer/);
  assert.match((await all.run()).said, /Look +Alerts +They are shown in the admin area only/);
});

Deno.test("/admin/doctor looks only when it is asked to, and shows the same", async () => {
  await using all = await deployed();
  const admin = await Admin.signIn(all.site);
  assert.match(await (await admin.get("/admin/doctor")).text(), /Nothing has been checked yet/);
  assertEquals(all.model.asked.length, 0);
  const answer = await admin.post("/admin/doctor", { csrf: await admin.token(), action: "check" });
  const html = await answer.text();
  assertEquals(answer.status, 200);
  assert.match(html, /Webhook[^]*A request that is signed/);
  assert.match(html, /Key of OpenAI[^]*It answers/);
  assertEquals(all.model.asked.length, 1);
  const refused = await admin.post("/admin/doctor", { action: "check" });
  assertEquals([refused.status === 200, all.model.asked.length], [false, 1]);
});

Deno.test("clockFinding() tells a clock that is off by a server's time, either way", async () => {
  const now = Date.parse("2026-11-29T12:00:00Z");
  let date: string | null = null;
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(null, { status: 404, headers: date === null ? {} : { date } }),
  );
  const config = readConfig({
    OPENAI_API_KEY: "sk-of-a-test-123456",
    OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
  });
  const stateAt = async (offSeconds: number) => {
    date = new Date(now - offSeconds * 1000).toUTCString();
    const found = await clockFinding({ config, http: new HttpClient(), clock: () => now });
    return found.state;
  };
  assertEquals(
    [await stateAt(0), await stateAt(20), await stateAt(100), await stateAt(-100)],
    ["ok", "ok", "warn", "warn"],
  );
  assertEquals([await stateAt(86_400), await stateAt(-86_400)], ["bad", "bad"]);
  const none = readConfig({});
  const found = await clockFinding({ config: none, http: new HttpClient(), clock: () => now });
  assertEquals(found.state, "ok");
});
