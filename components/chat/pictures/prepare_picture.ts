/** Longest side that both vendors use: more is shrunk by them. */
const LONGEST_SIDE = 1_568;
const QUALITY = .82;
/** A file of this size has more pixels than are kept: it is shrunk while it is decoded. */
const LARGE_BYTES = 3_000_000;
/** A small drawing or screenshot is sent as it is: JPEG blurs its letters. */
const SMALL_BYTES = 1_000_000;

/** Why a picture is not taken: its format is Apple's, or nothing that the browser reads. */
export class UnreadablePicture extends Error {
  constructor(readonly why: "heic" | "unreadable") {
    super(why);
  }
}

/**
 * A picture as it is sent: at most 1,568 pixels on a side, as JPEG without its metadata.
 * @throws {UnreadablePicture}
 */
export async function preparePicture(file: File): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  const bitmap = await decode(file).catch(() => {
    throw new UnreadablePicture(isHeic(head) ? "heic" : "unreadable");
  });
  const { width, height } = bitmap;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const isDrawing = /^image\/(png|webp)$/.test(file.type) && !isHeic(head);
  if (scale === 1 && isDrawing && file.size <= SMALL_BYTES) {
    bitmap.close();
    return file;
  }
  const jpeg = await encode(bitmap, Math.round(width * scale), Math.round(height * scale));
  bitmap.close();
  if (jpeg?.type !== "image/jpeg") throw new UnreadablePicture("unreadable");
  return jpeg;
}

/** Old phones cannot hold a large picture as a whole. */
function decode(file: File): Promise<ImageBitmap> {
  return createImageBitmap(file, {
    imageOrientation: "from-image",
    ...(file.size > LARGE_BYTES ? { resizeWidth: LONGEST_SIDE, resizeQuality: "high" } : {}),
  });
}

async function encode(bitmap: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.imageSmoothingQuality = "high";
  // JPEG has no transparency: without a ground it would be black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

/** By the brand in its first bytes: names and types of such files are often wrong or missing. */
function isHeic(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head);
  return /^[^]{4}ftyp(hei|hev|mif1|msf1)/.test(text);
}
