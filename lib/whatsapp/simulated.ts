import { randomBytes } from "node:crypto";
import { SIMULATED_PREFIX } from "../people/rules/phone.ts";
import { mediaType } from "./twilio/media_type.ts";
import type { DeliveryStatus } from "./rules/delivery_status.ts";
import type { MediaOptions, MediaOutcome, Messenger } from "./messenger.ts";

/** Attachments kept; older ones are evicted. */
const MAX_KEPT = 20;
const SCHEME = "simulated:";

/** A random SID in Twilio's format. */
export function newMessageSid(): string {
  return `SM${randomBytes(16).toString("hex")}`;
}

/** Receives status reports of messages to simulated phones. */
type Reporting = (
  update: { sid: string; status: DeliveryStatus; errorCode: null; to: string },
) => void;

/** Messenger of simulated phones: delivers every message at once, in process. */
export class SimulatedMessenger implements Messenger {
  readonly number = SIMULATED_PREFIX + "0000000000";
  private readonly kept = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();

  private report: Reporting = () => {};

  /** Sets the receiver of status reports. */
  reportTo(report: Reporting): void {
    this.report = report;
  }

  /** Keeps an attachment and returns its URL. */
  keep(bytes: Uint8Array<ArrayBuffer>, type: string): string {
    const url = SCHEME + newMessageSid();
    this.kept.set(url, { bytes, type });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MAX_KEPT) break;
      this.kept.delete(oldest);
    }
    return url;
  }

  send: Messenger["send"] = ({ to }) => {
    const sid = newMessageSid();
    // After the response, as Twilio does.
    queueMicrotask(() => this.report({ sid, status: "delivered", errorCode: null, to }));
    return Promise.resolve({ kind: "accepted", sid });
  };

  /** Never needed: every message is accepted. */
  find: Messenger["find"] = () => Promise.resolve({ kind: "absent" });

  typing: Messenger["typing"] = () => Promise.resolve(true);

  fetchMedia(url: string, { maxBytes }: MediaOptions): Promise<MediaOutcome> {
    return Promise.resolve(this.mediaAt(url, maxBytes));
  }

  check: Messenger["check"] = () => Promise.resolve([]);

  private mediaAt(url: string, maxBytes: number): MediaOutcome {
    if (!url.startsWith(SCHEME)) return { kind: "refused", reason: "address" };
    const found = this.kept.get(url);
    if (!found) return { kind: "refused", reason: "missing" };
    if (found.bytes.length > maxBytes) return { kind: "refused", reason: "tooLarge" };
    const type = mediaType(found.bytes, found.type);
    return type === null
      ? { kind: "refused", reason: "type" }
      : { kind: "media", type, bytes: found.bytes };
  }
}
