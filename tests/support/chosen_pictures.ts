import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { chooseFiles } from "./chat_page.ts";
import { concat, exif, segment } from "./picture_files.ts";

/** Name of the picture button. */
export const ADD_PICTURE = "Add a picture";

export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The pictures of the message in the field. */
export function previews(page: Page): Locator {
  return page.locator(".pics > li");
}

/** A picture that the browser itself encodes: noise, so that it is as heavy as a photo. */
export async function encodedPicture(
  page: Page,
  [width, height]: [number, number],
  type = "image/jpeg",
): Promise<Uint8Array<ArrayBuffer>> {
  const base64 = await page.evaluate(async ({ width, height, type }) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("No canvas");
    for (let y = 0; y < height; y += 40) {
      for (let x = 0; x < width; x += 40) {
        context.fillStyle = `hsl(${(x * 7 + y * 13) % 360} 60% 50%)`;
        context.fillRect(x, y, 40, 40);
      }
    }
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, .9));
    if (!blob) throw new Error("Not encoded");
    return new Uint8Array(await blob.arrayBuffer()).toBase64();
  }, { width, height, type });
  return Uint8Array.fromBase64(base64);
}

/** A photo with its place, held upright: 2,400 × 1,800 pixels, turned by a quarter. */
export async function photo(page: Page): Promise<ChosenFile> {
  const jpeg = await encodedPicture(page, [2_400, 1_800]);
  const camera = segment(0xe1, exif(6, true, "GPS 46.9480 N"));
  const buffer = Buffer.from(concat(jpeg.slice(0, 2), camera, jpeg.slice(2)));
  return { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer };
}

export async function choosePictures(page: Page, ...files: ChosenFile[]): Promise<void> {
  const add = page.getByRole("button", { name: ADD_PICTURE, exact: true });
  await chooseFiles(page, () => add.press("Enter"), files);
}
