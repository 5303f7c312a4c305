import type { OutboxTexts } from "../../../lib/locales/own/outbox.ts";
import { PICTURE_TYPES } from "../../../lib/shared/picture_types.ts";
import { type PictureMarkup, type PicturePage, PicturePanel } from "./picture_panel.ts";

let panel: PicturePanel | null = null;

/**
 * Pictures for the message: pasted files, or with the button those that the person chooses.
 * @param kind of the event on the page; the first drag prepares for a drop
 */
export async function onPictures(
  kind: string,
  files: readonly File[],
  page: PicturePage,
): Promise<void> {
  takeDrops(page);
  if (kind === "restore") return await restorePictures(page);
  if (kind === "paste" ? files.length === 0 : kind !== "click") return;
  const panel = panelOf(page);
  if (panel === null) return;
  if (files.length > 0) panel.add(files);
  else choose(panel);
}

/** Shows the pictures of the tool's message that was not sent. */
export async function restorePictures(page: PicturePage): Promise<void> {
  if (document.querySelector("button[data-pictures]")) await panelOf(page)?.restore();
}

let listens = false;

/** Takes files that are dropped anywhere on the page: the browser would open them in its place. */
function takeDrops(page: PicturePage): void {
  if (listens) return;
  listens = true;
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const files = [...event.dataTransfer?.files ?? []];
    if (files.length === 0) return;
    event.preventDefault();
    panelOf(page)?.add(files);
  });
}

/** The panel; null where the tool's model does not see, which is said. */
function panelOf(page: PicturePage): PicturePanel | null {
  const button = document.querySelector<HTMLElement>("[data-pictures]");
  if (!button) return null;
  const markup: PictureMarkup & { blind?: string } = JSON.parse(button.dataset.pictures ?? "{}");
  if (markup.blind !== undefined) {
    page.announcement.value = markup.blind;
    return null;
  }
  if (panel?.stands) return panel;
  loadSheet(markup.sheet);
  const { tool = "", outbox = "{}" } = document.getElementById("messages")?.dataset ?? {};
  const { network }: OutboxTexts = JSON.parse(outbox);
  return panel = new PicturePanel(button, markup, page, tool, `${network}.`);
}

/** The device's own choice of pictures, with its camera on phones. */
function choose(panel: PicturePanel): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = PICTURE_TYPES;
  input.multiple = true;
  input.onchange = () => panel.add([...input.files ?? []]);
  input.click();
}

function loadSheet(href: string): void {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
