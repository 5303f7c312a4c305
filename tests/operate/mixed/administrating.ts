import { auditKeys } from "@/lib/audit/records.ts";
import { openStore } from "@/lib/stores.ts";
import { EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { formOf } from "@/tests/support/html_forms.ts";
import { type Actor, Browser, pause, untilCutOff } from "./actor.ts";

const TOOL = "math-tutor";
const EDITOR = `/admin/tools/${TOOL}`;
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** An admin who edits a tool's prompt, and now and then has a backup made. */
export class Administrating implements Actor {
  private browser: Browser | null = null;
  private edits = 0;
  private readonly acknowledged: number[] = [];
  private readonly wrong: string[] = [];
  private backups = 0;

  constructor(private readonly path: string, private readonly random: () => number) {}

  async round(urls: readonly string[]): Promise<void> {
    await untilCutOff(async () => {
      for (const url of urls) {
        const browser = this.browser ??= await this.signIn(url);
        if (browser === null) return;
        if (this.random() < 0.2) await this.backUp(url, browser);
        await this.edit(url, browser);
        await pause(this.random() * 300);
      }
    });
  }

  /** Asks for a backup, in case that kills ended all others. */
  async backUpNow(url: string): Promise<void> {
    const browser = this.browser ??= await this.signIn(url);
    if (browser !== null) await this.backUp(url, browser);
  }

  async judge(): Promise<string[]> {
    const store = await openStore({ path: this.path, report: () => {} });
    const tool = await store.tools.get(TOOL);
    await store.close();
    const kv = await Deno.openKv(this.path);
    const noted: string[] = [];
    const { schema } = auditKeys.audit(0, "");
    for await (const { value } of kv.list({ prefix: ["audit"] })) {
      const { thing, after } = schema.parse(value);
      if (thing === `tool:${TOOL}`) noted.push(after ?? "");
    }
    kv.close();
    const wrong = [...this.wrong];
    const times = (n: number) => noted.filter((after) => after.includes(promptOf(n))).length;
    for (let n = 1; n <= this.edits; n++) {
      const least = this.acknowledged.includes(n) ? 1 : 0;
      if (times(n) < least || times(n) > 1) wrong.push(`Edit ${n} is noted ${times(n)} times`);
    }
    if (tool?.version !== noted.length + 1) {
      wrong.push(`The tool has version ${tool?.version} after ${noted.length} noted edits`);
    }
    const last = Array.from({ length: this.edits }, (_, i) => this.edits - i)
      .find((n) => times(n) > 0);
    if (last !== undefined && tool?.systemPrompt !== promptOf(last)) {
      wrong.push(`The prompt is "${tool?.systemPrompt}", not that of edit ${last}`);
    }
    return wrong;
  }

  figures(): Record<string, number> {
    return {
      "edits acknowledged": this.acknowledged.length,
      "edits without an answer": this.edits - this.acknowledged.length,
      "backups begun": this.backups,
    };
  }

  private async signIn(url: string): Promise<Browser | null> {
    const browser = new Browser();
    const body = new URLSearchParams({ email: EMAIL, password: PASSWORD });
    const answer = await browser.fetch(url, "/admin/login", { method: "POST", body });
    await answer.body?.cancel();
    return answer.status === 303 ? browser : null;
  }

  private async edit(url: string, browser: Browser): Promise<void> {
    const page = await browser.fetch(url, EDITOR);
    if (page.status !== 200) {
      await page.body?.cancel();
      this.wrong.push(`The editor answered ${page.status}`);
      return;
    }
    const fields = formOf(await page.text(), /class="tool-form /);
    const number = this.edits + 1;
    const body = new URLSearchParams({ ...fields, systemPrompt: promptOf(number) }).toString();
    this.edits = number;
    const answer = await browser.fetch(url, EDITOR, { method: "POST", headers: FORM, body });
    await answer.body?.cancel();
    if (answer.status === 303) this.acknowledged.push(number);
    else if (answer.status !== 503) this.wrong.push(`An edit was answered with ${answer.status}`);
  }

  private async backUp(url: string, browser: Browser): Promise<void> {
    const page = await (await browser.fetch(url, "/admin/backups")).text();
    const csrf = /name="csrf" value="([\w-]+)"/.exec(page)?.[1] ?? "";
    const body = new URLSearchParams({ csrf, action: "make" }).toString();
    const answer = await browser.fetch(url, "/admin/backups", {
      method: "POST",
      headers: FORM,
      body,
    });
    await answer.body?.cancel();
    // 409 while one is under way.
    if (answer.status === 303) this.backups++;
    else if (answer.status !== 409) this.wrong.push(`A backup was answered with ${answer.status}`);
  }
}

const promptOf = (number: number) => `You help with sums. This is edit ${number} of the run.`;
