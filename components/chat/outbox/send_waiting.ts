import type { OutgoingTurn, PostOutcome } from "../../../lib/shared/chat_client.ts";
import { AT_SERVER_MS, devicePictures, isLocal, uploadPicture } from "./device_pictures.ts";
import type { WaitingMessage } from "./waiting_messages.ts";

/** Posts a message once; null without an answer. */
export type PostOnce = (turn: OutgoingTurn) => Promise<PostOutcome | null>;

type Refusal = Pick<
  Extract<PostOutcome, { taken: false }>,
  "kind" | "detail" | "retryable" | "seconds"
>;

/** What a proxy in front of the server says of a message that it lets not through. */
const TOO_LARGE = "413";

/** Longest wait for an answer, in ms; other messages wait meanwhile. A picture is some 400 kB. */
const POST_MS = 60_000;
const UPLOAD_MS = 300_000;

/** Sends a message's pictures, then itself, once; null without an answer of the server. */
export async function sendWaiting(
  message: WaitingMessage,
  post: PostOnce,
): Promise<"taken" | Refusal | null> {
  const { id, toolId, text } = message;
  const pictures = message.attachments.length > 0 ? await devicePictures() : [];
  const attachments: string[] = [];
  for (const attached of message.attachments) {
    const picture = pictures.find((each) => each.id === attached);
    if (!picture && await isGone(attached, message)) continue;
    // Of a picture that this device lost the server says that it is gone.
    const uploaded = picture
      ? await within(UPLOAD_MS, uploadPicture(picture))
      : { id: attached.replace("~", "") };
    if (uploaded === null) return null;
    if ("refused" in uploaded) {
      const { refused: detail, ...about } = uploaded;
      return { detail, ...about };
    }
    attachments.push(uploaded.id);
  }
  const outcome = await within(
    POST_MS,
    post({ toolId, requestId: id, action: "send", message: text || undefined, attachments }),
  );
  if (outcome === null || outcome.taken) return outcome && "taken";
  // Any other answer that is no problem of ours comes from a proxy, or a network's sign-in page.
  return outcome.detail === "" && outcome.kind !== TOO_LARGE ? null : outcome;
}

/**
 * Whether the server no longer has a file of a message that waited for so long: then the words go
 * alone. A picture that this device has is sent again instead.
 */
async function isGone(id: string, { text, at }: WaitingMessage): Promise<boolean> {
  if (text === "" || isLocal(id) || Date.now() - at < AT_SERVER_MS) return false;
  const [mediaId] = id.split(":");
  const answer = await fetch(`/api/media/${mediaId}`, { method: "HEAD" }).catch(() => null);
  return answer?.status === 404;
}

/** An answer, or null when it does not come in time. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => timer = setTimeout(done, ms, null));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
