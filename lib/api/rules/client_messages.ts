import type { PromptImage } from "../../llm/rules/prompt.ts";
import { cleanPicture } from "../../media/pictures/rules/clean_picture.ts";
import { AppError } from "../../platform/errors.ts";
import { invalid, isObject } from "./parameters.ts";

/** A message as the client sent it: its own conversation, of which nothing is stored. */
export interface ClientMessage {
  role: "system" | "user" | "assistant";
  text: string;
  images: PromptImage[];
}

/** Limits of one request. */
export const MESSAGE_LIMITS = {
  messages: 500,
  /** UTF-16 units of all texts. */
  text: 400_000,
  pictures: 8,
} as const;

const ROLES: ReadonlyMap<unknown, ClientMessage["role"]> = new Map([
  ["system", "system"],
  ["developer", "system"],
  ["user", "user"],
  ["assistant", "assistant"],
]);
/** Fields by which a message refers to tools of the client's. */
const CALLS = ["tool_calls", "function_call", "tool_call_id", "audio"];
const PICTURE = /^data:image\/(?:png|jpe?g|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/**
 * Checks the messages of a request.
 * @throws {AppError} `invalid`, with the parameter as its field
 */
export function parseMessages(value: unknown): ClientMessage[] {
  if (!Array.isArray(value) || value.length === 0) throw invalid("messages", "messages");
  const { messages: most, text: longest, pictures } = MESSAGE_LIMITS;
  if (value.length > most) {
    throw new AppError("invalid", { code: "api.messages_too_many", most }, { field: "messages" });
  }
  const messages = value.map((each: unknown, i) => message(each, `messages[${i}]`));
  if (!messages.some(isQuestion)) throw invalid("messages", "messages");
  if (messages.reduce((sum, { text }) => sum + text.length, 0) > longest) {
    throw new AppError("invalid", { code: "api.messages_too_long", most: longest }, {
      field: "messages",
    });
  }
  if (messages.reduce((sum, { images }) => sum + images.length, 0) > pictures) {
    throw new AppError("invalid", { code: "api.pictures_too_many", most: pictures }, {
      field: "messages",
    });
  }
  return messages;
}

function isQuestion({ role, text, images }: ClientMessage): boolean {
  return role === "user" && (text.trim() !== "" || images.length > 0);
}

function message(value: unknown, place: string): ClientMessage {
  if (!isObject(value)) throw invalid(place, "object");
  const role = ROLES.get(value.role);
  if (role === undefined) throw invalid(`${place}.role`, "role");
  for (const name of CALLS) {
    const given = value[name];
    if (given === undefined || given === null || (Array.isArray(given) && given.length === 0)) {
      continue;
    }
    const parameter = `${place}.${name}`;
    throw new AppError("invalid", { code: "api.unsupported", parameter }, { field: parameter });
  }
  const content = value.content ?? value.refusal ?? (role === "assistant" ? "" : undefined);
  return { role, ...contentOf(content, `${place}.content`, role) };
}

function contentOf(
  content: unknown,
  place: string,
  role: ClientMessage["role"],
): Pick<ClientMessage, "text" | "images"> {
  if (typeof content === "string") return { text: content, images: [] };
  if (!Array.isArray(content) || content.length > MESSAGE_LIMITS.messages) {
    throw invalid(place, "content");
  }
  const texts: string[] = [];
  const images: PromptImage[] = [];
  for (const [i, part] of content.entries()) {
    const at = `${place}[${i}]`;
    if (!isObject(part)) throw invalid(at, "content");
    const text = part.type === "refusal" ? part.refusal : part.text;
    if ((part.type === "text" || part.type === "refusal") && typeof text === "string") {
      texts.push(text);
    } else if (part.type === "image_url" && role === "user") {
      images.push(picture(part.image_url, `${at}.image_url`));
    } else if (typeof part.type === "string" && part.type !== "text") {
      const kind = part.type.slice(0, 40);
      throw new AppError("invalid", { code: "api.content_unsupported", parameter: at, kind }, {
        field: at,
      });
    } else throw invalid(at, "content");
  }
  return { text: texts.join("\n"), images };
}

/** A picture from a data: URL; its bytes say its type, whatever the URL claims. */
function picture(value: unknown, place: string): PromptImage {
  const url = isObject(value) ? value.url : value;
  if (typeof url !== "string") throw invalid(place, "picture");
  if (!/^data:/i.test(url)) {
    throw new AppError("invalid", { code: "api.picture_address" }, { field: place });
  }
  const [, base64] = PICTURE.exec(url) ?? [];
  if (base64 === undefined) throw invalid(place, "picture");
  const bytes = bytesOf(base64);
  const clean = bytes && cleaned(bytes);
  if (!clean) throw invalid(place, "picture");
  return clean;
}

function cleaned(bytes: Uint8Array): PromptImage | null {
  try {
    return cleanPicture(bytes, "");
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return null;
  }
}
