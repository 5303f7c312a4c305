import type { IncomingMessage, ServerResponse } from "node:http";

/** How an attachment is served, faults included. */
export interface MediaOptions {
  /** Redirect target in place of the CDN. */
  redirect?: string;
  /** Status of the API's answer in place of a redirect; 200 sends the bytes at once. */
  status?: number;
  /** Content-Type that is declared, null for none; by default the attachment's. */
  declared?: string | null;
  /** Sends this many additional bytes without a Content-Length. */
  endless?: number;
  /** Sends nothing after the head. */
  stalls?: boolean;
}

interface Kept extends MediaOptions {
  bytes: Uint8Array;
  type: string;
}

/** Attachments: the API needs the account's keys and redirects to a CDN that must not get them. */
export class TwilioMedia {
  readonly #kept = new Map<string, Kept>();
  /** Requests received by the CDN, and whether each carried credentials. */
  readonly cdnRequests: { path: string; keys: boolean }[] = [];

  keep(sid: string, bytes: Uint8Array, type: string, options: MediaOptions): void {
    this.#kept.set(sid, { bytes, type, ...options });
  }

  /** Answers at the API; the keys are already checked. */
  atApi(sid: string, cdnUrl: string, response: ServerResponse): void {
    const kept = this.#kept.get(sid);
    if (kept === undefined) return void response.writeHead(404).end();
    if (kept.status === 200) return send(kept, response);
    if (kept.status !== undefined) return void response.writeHead(kept.status).end();
    response.writeHead(307, { location: kept.redirect ?? `${cdnUrl}/${sid}` }).end();
  }

  atCdn(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "";
    this.cdnRequests.push({ path, keys: request.headers.authorization !== undefined });
    const kept = this.#kept.get(path.slice(1));
    if (kept === undefined) return void response.writeHead(404).end();
    send(kept, response);
  }
}

function send(kept: Kept, response: ServerResponse): void {
  const declared = kept.declared === undefined ? kept.type : kept.declared;
  response.writeHead(200, declared === null ? {} : { "content-type": declared });
  if (kept.stalls) return response.flushHeaders();
  response.write(kept.bytes);
  const filler = new Uint8Array(65_536);
  let left = kept.endless ?? 0;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= filler.length;
      if (!response.write(filler)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
}
