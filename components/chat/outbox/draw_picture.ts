/** Longest side that is drawn, in pixels. */
const LONGEST_SIDE = 640;

/**
 * A picture that only this device has. Drawn, as the page's policy lets no picture of `blob:` load.
 * @param name for those who do not see it
 */
export function drawPicture(blob: Blob, name: string): HTMLElement {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.ariaLabel = name;
  draw(canvas, blob).catch(() => canvas.hidden = true);
  return canvas;
}

async function draw(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}
