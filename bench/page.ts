import { createRequire } from "node:module";
import process from "node:process";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { builtScript } from "@/lib/commands/build.ts";

/*
 * Prints the CPU time of one chat page of 20 messages, in µs: `deno run -A page.ts app STORE` for the
 * program, from a Request to the page's text, and `page.ts bare STORE COOKIE` for
 * preact-render-to-string alone with the same components and data. `page.ts fill STORE` fills the
 * conversation and prints the cookie.
 */
const [mode, path = "", cookie = ""] = Deno.args;
const TOOL = "general-assistant";
const QUESTIONS = 10;
const [WARM, ROUNDS, PAGES] = [400, 5, 200];

const say = (line: string | number) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

async function cpuMicros(run: () => unknown): Promise<number> {
  for (let i = 0; i < WARM; i++) await run();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < PAGES; i++) await run();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / PAGES);
  }
  return rounds.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

async function program(): Promise<(request: Request) => Promise<Response>> {
  const settings = { KV_PATH: path, LLM_PROVIDER: "mock", MOCK_PACE_MS: "0", LOG_LEVEL: "error" };
  Object.assign(process.env, settings);
  const load = createRequire(import.meta.url);
  const { assemble, handlerOf } = load(
    builtScript(new URL("../", import.meta.url)),
  );
  return await handlerOf((await assemble()).app);
}

async function fill(): Promise<string> {
  const fetch = await program();
  let visitor = "";
  for (let i = 0; i < QUESTIONS; i++) {
    const headers = { "content-type": "application/json", cookie: visitor };
    const body = JSON.stringify({ toolId: TOOL, message: `What is a good plan for day ${i}?` });
    const request = new Request("http://localhost/api/chat", { method: "POST", headers, body });
    const response = await fetch(request);
    visitor ||= response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const text = await response.text();
    if (!text.includes("event: done")) throw new Error(`No reply: ${text.slice(-300)}`);
  }
  return visitor;
}

async function app(): Promise<number> {
  const fetch = await program();
  const page = async () => {
    const request = new Request(`http://localhost/chat/${TOOL}`, { headers: { cookie } });
    return await (await fetch(request)).text();
  };
  if (!(await page()).includes("day 9?")) throw new Error("The page has no conversation");
  return await cpuMicros(page);
}

/** The content of the document's tags, as vnodes. */
async function bare(): Promise<number> {
  const fetch = await program();
  const request = new Request(`http://localhost/chat/${TOOL}`, { headers: { cookie } });
  const { readMarkup } = await import("./markup.ts");
  const html = await (await fetch(request)).text();
  const tree = readMarkup(html);
  const Page = () => tree();
  const rendered = renderToString(h(Page, null));
  if (Math.abs(rendered.length - html.length) > html.length / 20) {
    throw new Error(`Not the same markup: ${rendered.length} and ${html.length} characters`);
  }
  return await cpuMicros(() => renderToString(h(Page, null)));
}

if (mode === "fill") say(await fill());
else say(mode === "app" ? await app() : await bare());
Deno.exit(0);
