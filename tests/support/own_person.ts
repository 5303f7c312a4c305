import { assert, assertEquals } from "./assert.ts";
import { TOOL } from "./chat_page.ts";
import type { Site } from "./site.ts";

/** A browser of its own on a site, without scripts. */
export class OwnPerson {
  cookie = "";

  constructor(private readonly site: Site, private readonly language = "en") {}

  async get(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("accept-language", this.language);
    if (this.cookie) headers.set("cookie", this.cookie);
    const answer = await this.site.fetch(path, { ...init, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [name = ""] = set.split("=", 1);
      const [pair = ""] = set.split(";", 1);
      const others = this.cookie.split("; ").filter((each) => each && !each.startsWith(`${name}=`));
      this.cookie = [...others, ...pair.endsWith("=") ? [] : [pair]].join("; ");
    }
    return answer;
  }

  async html(path: string): Promise<string> {
    return await (await this.get(path)).text();
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    const headers = { "sec-fetch-site": "same-origin" };
    return this.get(path, { method: "POST", headers, body: new URLSearchParams(fields) });
  }

  async say(message: string, tool = TOOL): Promise<void> {
    const answer = await this.get("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ toolId: tool, message }),
    });
    await answer.text();
  }

  /** Shares the current conversation; returns the path of the newest link. */
  async share(): Promise<string> {
    const made = await this.post(`/chat/${TOOL}/share`, { action: "make" });
    assertEquals(made.status, 303);
    const [path] =
      /\/shared\/[\w-]{32}/.exec(await this.html(made.headers.get("location") ?? "")) ??
        [];
    assert.ok(path);
    return path;
  }
}
