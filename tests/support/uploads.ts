import type { Site } from "./site.ts";

/** A visitor's requests to a site, with their cookie. */
export class SiteVisitor {
  private cookie = "";

  constructor(private readonly site: Site, private readonly from = "192.0.2.1") {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set("cookie", this.cookie);
    const answer = await this.site.fetch(path, { ...init, headers }, this.from);
    const [set] = answer.headers.getSetCookie();
    if (set) this.cookie = set.split(";")[0] ?? "";
    return answer;
  }

  /** Begins an upload. */
  begin(length: number, name?: string): Promise<Response> {
    return this.fetch("/api/media", {
      method: "POST",
      headers: { "upload-length": String(length), ...(name ? { "idempotency-key": name } : {}) },
    });
  }

  /** Sends a piece. */
  append(id: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.fetch(`/api/media/${id}`, {
      method: "PATCH",
      headers: {
        "upload-offset": String(offset),
        "content-type": "application/offset+octet-stream",
      },
      body: piece,
    });
  }

  /** Uploads a whole file; returns its id and the last answer. */
  async upload(bytes: Uint8Array<ArrayBuffer>, size = 32_000) {
    const { id }: { id: string } = await (await this.begin(bytes.length)).json();
    let answer: Response | undefined;
    for (let at = 0; at < bytes.length; at += size) {
      answer = await this.append(id, at, bytes.slice(at, at + size));
      if (!answer.ok) break;
    }
    return { id, answer };
  }

  transcript(
    id: string,
    toolId: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.fetch(`/api/media/${id}/transcript`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ toolId }),
    });
  }
}
