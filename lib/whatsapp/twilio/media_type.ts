/** Types that are accepted only if the content shows them; others are passed on as declared. */
const RECOGNISED = /^(image|audio|video)\/|^application\/pdf$/;

/**
 * Media type of a received file: by its first bytes, refined by the declared one.
 * The declared type decides where the bytes show only a container. Null when they contradict the
 * declared family, such as a page declared as an image.
 * @param declared Content-Type header with its parameters
 */
export function mediaType(bytes: Uint8Array, declared: string): string | null {
  const [said = ""] = declared.toLowerCase().split(";");
  const type = said.trim() || "application/octet-stream";
  const shown = typesBySignature(bytes);
  const family = type.slice(0, type.indexOf("/"));
  if (shown.length === 0) return RECOGNISED.test(type) ? null : type;
  if (shown.includes(type)) return type;
  const fitting = shown.find((each) => each.startsWith(`${family}/`));
  if (fitting !== undefined) return fitting;
  return RECOGNISED.test(type) ? null : shown[0] ?? null;
}

/** Types with this signature, likeliest first: a container may hold audio or video. */
function typesBySignature(bytes: Uint8Array): readonly string[] {
  // One character per byte; TextDecoder's "latin1" is windows-1252 and alters some.
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const at = (offset: number, text: string) => head.startsWith(text, offset);
  if (at(0, "\xFF\xD8\xFF")) return ["image/jpeg"];
  if (at(0, "\x89PNG\r\n\x1A\n")) return ["image/png"];
  if (at(0, "GIF87a") || at(0, "GIF89a")) return ["image/gif"];
  if (at(0, "RIFF") && at(8, "WEBP")) return ["image/webp"];
  if (at(0, "RIFF") && at(8, "WAVE")) return ["audio/wav", "audio/x-wav"];
  if (at(0, "OggS")) return ["audio/ogg", "video/ogg"];
  if (at(0, "#!AMR")) return ["audio/amr"];
  if (at(0, "ID3")) return ["audio/mpeg", "audio/mp3"];
  if (at(0, "\x1A\x45\xDF\xA3")) return ["video/webm", "audio/webm"];
  if (at(4, "ftyp")) {
    if (at(8, "heic") || at(8, "heix") || at(8, "mif1")) return ["image/heic", "image/heif"];
    if (at(8, "avif")) return ["image/avif"];
    if (at(8, "3gp")) return ["video/3gpp", "audio/3gpp"];
    return at(8, "M4A")
      ? ["audio/mp4", "audio/m4a", "audio/x-m4a", "video/mp4"]
      : ["video/mp4", "audio/mp4"];
  }
  if (at(0, "%PDF-")) return ["application/pdf"];
  const [first = 0, second = 0] = bytes;
  // MPEG audio frame: eleven set bits; layer 0 is AAC's.
  if (first === 0xff && (second & 0xf6) === 0xf0) return ["audio/aac"];
  if (first === 0xff && (second & 0xe0) === 0xe0) return ["audio/mpeg", "audio/mp3"];
  return [];
}
