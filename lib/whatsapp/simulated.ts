import { randomBytes } from "node:crypto";
import { SIMULATED_PREFIX } from "../people/rules/phone.ts";
import { mediaType } from "./twilio/media_type.ts";
import type { DeliveryStatus } from "./rules/delivery_status.ts";
import type { MediaOptions, MediaOutcome, Messenger } from "./messenger.ts";

/** Attachments that are kept, the oldest are forgotten. */
const MOST_KEPT = 20;
const SCHEME = "simulated:";

/** A message's SID as Twilio makes them up. */
export function newMessageSid(): string {
  return `SM${randomBytes(16).toString("hex")}`;
}

/** What became of a message to a simulated phone, as a status callback says it. */
export type Reporting = (
  update: { sid: string; status: DeliveryStatus; errorCode: null; to: string },
) => void;

/** Phones in a page: takes every message, and shows it at once. Nothing leaves the program. */
export class SimulatedMessenger implements Messenger {
  readonly number = SIMULATED_PREFIX + "0000000000";
  private readonly kept = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();

  private report: Reporting = () => {};

  /** Has it reported what becomes of messages. */
  reportTo(report: Reporting): void {
    this.report = report;
  }

  /** Keeps what a phone sends along, and gives its address. */
  keep(bytes: Uint8Array<ArrayBuffer>, type: string): string {
    const url = SCHEME + newMessageSid();
    this.kept.set(url, { bytes, type });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return url;
  }

  send: Messenger["send"] = ({ to }) => {
    const sid = newMessageSid();
    // As Twilio does it: after the answer.
    queueMicrotask(() => this.report({ sid, status: "delivered", errorCode: null, to }));
    return Promise.resolve({ kind: "accepted", sid });
  };

  /** Every message is taken, so there is none of which it is not known. */
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
