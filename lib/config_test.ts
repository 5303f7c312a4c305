import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { KEYS, readConfig } from "./config.ts";
import { listenAddress } from "./config/admin.ts";
import { chosenProviders } from "./config/models.ts";
import { traceHeaders } from "./config/monitoring.ts";
import { whatsAppSettings } from "./config/whatsapp.ts";

/** The line with which the start is refused. */
function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return "";
}

Deno.test("readConfig() needs nothing to be set", () => {
  const config = readConfig({});
  assertEquals(config.warnings, []);
  assertEquals(config.KV_PATH, "data/obt-helper.sqlite");
  assertEquals(listenAddress(config), { port: 8000, hostname: "127.0.0.1" });
  assertEquals(config.ORGANISATION_CEILING_USD, undefined);
  assertEquals([config.PERSON_SHARE_PERCENT, config.ADDRESS_SHARE_PERCENT], [10, 50]);
});

Deno.test("readConfig() takes an empty or blank value for one that is not set", () => {
  const blank = Object.fromEntries(KEYS.map((key) => [key, "  "]));
  assertEquals(readConfig(blank), readConfig({}));
});

Deno.test("readConfig() trims values and reads lists", () => {
  const config = readConfig({
    PORT: " 9000 ",
    LLM_PROVIDER: "openai, mock ,",
    TRUSTED_PROXIES: "10.0.0.0/8,,::1",
    OPENAI_BASE_URL: "https://llm.example.org/v1//",
    ORGANISATION_CEILING_USD: "2.50",
  });
  assertEquals(config.PORT, 9000);
  assertEquals(config.LLM_PROVIDER, ["openai", "mock"]);
  assertEquals(config.TRUSTED_PROXIES, ["10.0.0.0/8", "::1"]);
  assertEquals(config.OPENAI_BASE_URL, "https://llm.example.org/v1");
  assertEquals(config.ORGANISATION_CEILING_USD, "2.50");
  assertEquals(readConfig({ ORGANISATION_CEILING_USD: "none" }).ORGANISATION_CEILING_USD, "none");
});

Deno.test("readConfig() reads the formats of recordings that a server's models take", () => {
  const LLM_COMPATIBLE = "my-omni=http://localhost:8000";
  const config = readConfig({
    LLM_COMPATIBLE,
    LLM_AUDIO_MY_OMNI: "wav, OGG",
    LLM_AUDIO_OTHER: "wav",
    LLM_AUDIO_OPENAI: " ",
    LLM_DEFAULT_MODEL: "m",
  });
  assertEquals([...config.audioFormats], [["my-omni", ["wav", "ogg"]]]);
  assertEquals(config.warnings, ["LLM_AUDIO_OTHER is the setting of no server in LLM_COMPATIBLE"]);
  assert.match(
    refusal({ LLM_COMPATIBLE, LLM_AUDIO_MY_OMNI: "wav,flac" }),
    /^Cannot start: LLM_AUDIO_MY_OMNI takes one or more of wav, mp3, ogg, webm, m4a$/,
  );
});

Deno.test("readConfig() reads compatible servers with their keys, and their names as providers", () => {
  const config = readConfig({
    LLM_COMPATIBLE: "ollama=http://localhost:11434/, my-groq = https://api.groq.com/openai/v1",
    LLM_KEY_MY_GROQ: " gsk-1 ",
    LLM_KEY_GROQ: "gsk-2",
    LLM_PROVIDER: "my-groq,openai,ollama",
    LLM_DEFAULT_MODEL: "llama-3.3-70b-versatile",
  });
  assertEquals(config.compatible, [
    { name: "ollama", url: "http://localhost:11434", key: undefined },
    { name: "my-groq", url: "https://api.groq.com/openai/v1", key: "gsk-1" },
  ]);
  assertEquals(config.warnings, ["LLM_KEY_GROQ is the key of no server in LLM_COMPATIBLE"]);
  assert.match(
    refusal({ LLM_PROVIDER: "grog", LLM_COMPATIBLE: "groq=https://api.groq.com/openai/v1" }),
    /^Cannot start: LLM_PROVIDER takes .*openai, anthropic, mock, groq$/,
  );
});

Deno.test("readConfig() refuses keys that no header can hold, without telling them", () => {
  const servers = { LLM_COMPATIBLE: "my-groq=https://api.groq.com/openai/v1" };
  for (const key of ["sk-sécret", "sk-…secret", "sk secret", "sk-secret\u0007"]) {
    for (const name of ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "LLM_KEY_MY_GROQ"]) {
      assertEquals(
        refusal({ ...servers, [name]: key }),
        `Cannot start: ${name} takes a key of letters, digits and signs, without spaces`,
      );
    }
  }
});

Deno.test("chosenProviders() takes the first that is set up, where none is chosen", () => {
  const chosen = (env: Record<string, string>) => chosenProviders(readConfig(env)).join();
  const ollama = { LLM_COMPATIBLE: "ollama=http://localhost:11434,groq=https://api.groq.com" };
  const claude = { ANTHROPIC_API_KEY: "k", ...ollama };
  assertEquals(chosen({}), "mock");
  assertEquals(chosen(ollama), "ollama");
  assertEquals(chosen(claude), "anthropic");
  assertEquals(chosen({ OPENAI_API_KEY: "k", ...claude }), "openai");
  assertEquals(chosen({ OPENAI_BASE_URL: "http://localhost:11434" }), "openai");
  assertEquals(chosen({ OPENAI_BASE_URL: "https://llm.example.org/v1" }), "mock");
  assertEquals(
    chosen({ LLM_PROVIDER: "mock,ollama", OPENAI_API_KEY: "k", ...ollama }),
    "mock,ollama",
  );
  const [warning] = readConfig(ollama).warnings;
  assertEquals(warning, "LLM_DEFAULT_MODEL is not set: name a model of ollama");
  assertEquals(readConfig({ ...ollama, LLM_DEFAULT_MODEL: "llama3.2" }).warnings, []);
});

const GOOD = "correct horse battery staple";
const OLD = "the old horse of before";

const bad: Record<string, string[]> = {
  PORT: ["http", "65536", "-1", "1.5", "0x50"],
  PUBLIC_URL: ["helper.example.org", "ftp://example.org", "javascript:alert(1)"],
  OPENAI_BASE_URL: ["localhost"],
  LLM_PROVIDER: ["gpt", "openai,claude", ","],
  LLM_COMPATIBLE: [
    "ollama",
    "http://localhost:11434",
    "ollama=localhost:11434",
    "ollama=ftp://localhost",
    "Ollama=http://localhost",
    "o_l=http://localhost",
    "openai=http://localhost",
    "mock=http://localhost",
    "twilio=http://localhost",
    "=http://localhost",
    "a=http://localhost,a=http://127.0.0.1",
    Array.from({ length: 21 }, (_, i) => `a${i}=http://localhost`).join(),
  ],
  RATE_LIMIT_CHAT_PER_MINUTE: ["0", "-1", "many", "1e3", "7001", "99999999999"],
  COST_ALERT_SESSION_USD: ["$1", "-1", "0.1234567890", "1,00"],
  ORGANISATION_CEILING_USD: ["five", "1e3"],
  PERSON_SHARE_PERCENT: ["0", "101", "ten"],
  ADDRESS_SHARE_PERCENT: ["0", "1.5"],
  ALERT_WEBHOOK_SECRET: ["short"],
  BACKUP_KEY: ["short"],
  ADMIN_PASSWORD: [
    "1",
    "x",
    "Password2026!",
    "a long password of your own",
    "$argon2id$v=19$short",
    `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzYWx0$${"A".repeat(43)}`,
  ],
  ALLOWED_ADMIN_EMAILS: ["ada", "a@example.org; b@example.org", "a@example.org,*", "@example.org"],
  TIME_ZONE: ["Mars/Olympus", "+25:00"],
  LOG_LEVEL: ["loud", "INFO"],
  MOCK_PACE_MS: ["-1", "123456"],
  TWILIO_ACCOUNT_SID: ["SK123", "mine"],
  TWILIO_PHONE_NUMBER: ["0791234567", "+0791234567", "41791234567", "sms:+41791234567", "+4179"],
  TWILIO_TEMPLATE_SID: ["MG123", "hello"],
  TWILIO_BASE_URL: ["api.twilio.com"],
  WHATSAPP_DEBOUNCE_MS: ["-1", "10001", "1s"],
};

for (const [key, values] of Object.entries(bad)) {
  Deno.test(`readConfig() refuses a wrong ${key} in one line that names it`, () => {
    for (const value of values) {
      const line = refusal({ [key]: value });
      assert.match(line, new RegExp(`^Cannot start: ${key} takes [^\\n]+$`), value);
      assert.doesNotMatch(line, /too small|expected|invalid|undefined/i, `${value}: ${line}`);
    }
  });
}

Deno.test("readConfig() never shows a value, which may be a secret", () => {
  const line = refusal({ ALERT_WEBHOOK_SECRET: "hush-hush" });
  assert.ok(!line.includes("hush"), line);
});

Deno.test("readConfig() refuses as password the address of one who signs in with it", () => {
  const admins = { ALLOWED_ADMIN_EMAILS: "ada.lovelace@example.org" };
  for (const ADMIN_PASSWORD of ["ada.lovelace@example.org", "AdaLovelace1815"]) {
    const line = refusal({ ...admins, ADMIN_PASSWORD });
    assert.match(line, /^Cannot start: ADMIN_PASSWORD takes a password that is not among/);
    assert.ok(!line.includes("1815"), line);
  }
});

Deno.test("readConfig() warns of what makes the admin area less safe or less open than it seems", () => {
  const warned = (env: Record<string, string>) => readConfig(env).warnings.join("\n");
  const open = { ADMIN_PASSWORD: GOOD, ALLOWED_ADMIN_EMAILS: "ada@example.org" };
  assert.match(warned(open), /^ADMIN_PASSWORD may travel where others can read it.*PUBLIC_URL/);
  assert.match(warned({ ...open, PUBLIC_URL: "http://helper.example.org" }), /may travel/);
  assert.equal(warned({ ...open, PUBLIC_URL: "https://helper.example.org" }), "");
  for (const HOST of ["127.0.0.1", "::1", "localhost"]) assert.equal(warned({ ...open, HOST }), "");
  assert.equal(warned({ ...open, DENO_DEPLOYMENT_ID: "x" }), "");
  const local = { ...open, HOST: "127.0.0.1" };
  assert.match(warned({ ...local, ADMIN_PASSWORD: "M9f-kd2!q" }), /^ADMIN_PASSWORD is short: 12/);
  assert.match(warned({ ...local, ALLOWED_ADMIN_EMAILS: "" }), /needs ALLOWED_ADMIN_EMAILS/);
  assert.match(warned({ ...local, ADMIN_PASSWORD: "" }), /needs ADMIN_PASSWORD/);
});

Deno.test("readConfig() takes the old names with a warning, and the new ones before them", () => {
  const old = readConfig({ VITE_ADMIN_PASSWORD: OLD });
  assertEquals(old.ADMIN_PASSWORD, OLD);
  assert.match(old.warnings.join(), /VITE_ADMIN_PASSWORD.*ADMIN_PASSWORD/);
  assertEquals(
    readConfig({ VITE_ADMIN_PASSWORD: OLD, ADMIN_PASSWORD: GOOD }).ADMIN_PASSWORD,
    GOOD,
  );
});

Deno.test("readConfig() leaves the store to the platform on Deno Deploy only", () => {
  assertEquals(readConfig({ DENO_DEPLOYMENT_ID: "x" }).KV_PATH, undefined);
  assertEquals(readConfig({ DENO_DEPLOYMENT_ID: "x", KV_PATH: ":memory:" }).KV_PATH, ":memory:");
});

const twilio = {
  TWILIO_ACCOUNT_SID: "AC1",
  TWILIO_AUTH_TOKEN: "secret",
  TWILIO_PHONE_NUMBER: "whatsapp:+41 79 123-45-67",
  PUBLIC_URL: "https://helper.example.org/",
};

Deno.test("whatsAppSettings() is there when all that WhatsApp needs is set", () => {
  const config = readConfig(twilio);
  assertEquals(config.warnings, []);
  assertEquals(whatsAppSettings(config), {
    accountSid: "AC1",
    authToken: "secret",
    number: "+41791234567",
    baseUrl: undefined,
    publicUrl: "https://helper.example.org",
    templateSid: null,
    debounceMs: 1000,
  });
  const more = { ...twilio, TWILIO_TEMPLATE_SID: "HX1", WHATSAPP_DEBOUNCE_MS: "0" };
  const settings = whatsAppSettings(readConfig(more));
  assertEquals([settings?.templateSid, settings?.debounceMs], ["HX1", 0]);
});

Deno.test("whatsAppSettings() is null while a key is missing, and a warning names it and no secret", () => {
  for (const key of Object.keys(twilio)) {
    const config = readConfig({ ...twilio, [key]: "" });
    assertEquals(whatsAppSettings(config), null);
    assertEquals(config.warnings, [`WhatsApp is off: it needs ${key} as well`]);
  }
  const alone = readConfig({ TWILIO_AUTH_TOKEN: "secret" });
  assert.match(alone.warnings.join(), /ACCOUNT_SID and TWILIO_PHONE_NUMBER and PUBLIC_URL/);
  assertEquals(readConfig({ PUBLIC_URL: "https://helper.example.org" }).warnings, []);
});

Deno.test("listenAddress() opens up for an admin password or a chosen host only", () => {
  assertEquals(listenAddress(readConfig({ ADMIN_PASSWORD: GOOD })).hostname, "0.0.0.0");
  assertEquals(
    listenAddress(readConfig({ ADMIN_PASSWORD: GOOD, HOST: "::1" })).hostname,
    "::1",
  );
  assertEquals(listenAddress(readConfig({ HOST: "0.0.0.0" })).hostname, "0.0.0.0");
});

Deno.test("readConfig() answers any text with settings or one line", () => {
  fc.assert(fc.property(fc.constantFrom(...KEYS), fc.string({ unit: "binary" }), (key, value) => {
    const line = refusal({ [key]: value });
    assert.ok(line === "" || /^Cannot start: [A-Z0-9_]+ takes [^\n]+$/.test(line), line);
  }));
});

Deno.test("readConfig() reads the headers for traces, percent-encoded", () => {
  const read = (text: string) => readConfig({ OTEL_EXPORTER_OTLP_HEADERS: text });
  assertEquals(traceHeaders(read("Authorization=Bearer%20a, b = c=d")), {
    authorization: "Bearer a",
    b: "c=d",
  });
  for (const wrong of ["a", "=b", "a b=c", "a=%zz"]) {
    assert.throws(() => read(wrong), /OTEL_EXPORTER_OTLP_HEADERS takes headers/);
  }
});

Deno.test("readConfig() warns of OTEL_DENO, which records what people search for", () => {
  assertEquals(
    readConfig({ OTEL_DENO: "true" }).warnings.filter((each) => /OTEL_DENO/.test(each)).length,
    1,
  );
});
