import type { Signal } from "@preact/signals";
import type { PictureTexts } from "../../../lib/locales/page/pictures/picture_texts.ts";
import {
  addPicture,
  type DevicePicture,
  postPicture,
  updatePicture,
  uploadPicture,
} from "../outbox/device_pictures.ts";
import { drawPicture } from "../outbox/draw_picture.ts";
import { type SendingPage, wasTaken, whenSent } from "../composer/when_sent.ts";
import { draftPictures, leaveDraft, markDraft, takeDraft } from "./draft_pictures.ts";
import { preparePicture, UnreadablePicture } from "./prepare_picture.ts";

/** The page's parts that pictures use. An import of them would tear their bundle apart. */
export interface PicturePage extends SendingPage {
  /** Text of the page's live region. */
  announcement: Signal<string>;
  /** Ids of the pictures that go with the next message. */
  attached: string[];
  /** How many things a load of the page would lose. */
  held: Signal<number>;
}

/** Texts and style sheet, in the button's markup. */
export type PictureMarkup = Omit<PictureTexts, "add" | "form" | "notSeen"> & { sheet: string };

/** Most pictures of a message, as the server takes them. */
const MOST = 4;

/** A picture of the message in the field. */
interface Preview {
  item: HTMLElement;
  /** The server's id, or this device's while only it has the picture. */
  id: string;
  /** Null where the browser keeps nothing. */
  picture: DevicePicture | null;
}

/** The pictures of the message in the field, as previews. */
export class PicturePanel {
  private readonly list = document.createElement("ul");
  private readonly note = document.createElement("p");
  private readonly form: HTMLFormElement | null;
  private previews: Preview[] = [];
  private preparing = 0;
  /** Whether the person wanted to send while a picture was on its way. */
  private wanted = false;
  private count = 0;
  private restoring: Promise<void> = Promise.resolve();

  constructor(
    private readonly button: HTMLElement,
    private readonly texts: PictureMarkup,
    private readonly page: PicturePage,
    private readonly toolId: string,
    /** Said of a picture that only this device has. */
    private readonly waits: string,
  ) {
    this.list.className = "pics";
    this.note.className = "meta pics";
    this.form = button.closest("form");
    button.after(this.list, this.note);
    this.form?.addEventListener("submit", (event) => this.hold(event), true);
    this.form?.addEventListener("keydown", (event) => {
      if (sends(event)) this.hold(event);
    }, true);
    addEventListener("online", () => void this.uploadAll());
    this.clearWhenSent();
  }

  /** Whether it is part of the page. */
  get stands(): boolean {
    return this.list.isConnected;
  }

  /** Prepares pictures, sends them to the server and shows them. */
  async add(files: readonly File[]): Promise<void> {
    const room = MOST - this.previews.length - this.preparing;
    const tooMany = this.texts.tooMany.replace("{most}", String(MOST));
    const taken = files.slice(0, Math.max(0, room));
    if (taken.length === 0) return this.say(tooMany);
    this.say(this.texts.preparing);
    void takeDraft(this.toolId);
    await this.work(taken, (file) => this.take(file));
    if (taken.length < files.length) this.say(tooMany);
    if (this.preparing === 0) this.form?.querySelector("textarea")?.focus();
  }

  /** Shows the pictures of an earlier page's message that was not sent; asked twice, once. */
  restore(): Promise<void> {
    return this.restoring = this.restoring.then(() => this.restoreNow()).catch(() => {});
  }

  private async restoreNow(): Promise<void> {
    if (!await takeDraft(this.toolId)) return;
    const shown = this.previews.map(({ picture }) => picture?.id);
    const kept = (await draftPictures(this.toolId)).filter(({ id }) => !shown.includes(id));
    const room = MOST - this.previews.length - this.preparing;
    await this.work(kept.slice(0, Math.max(0, room)), async (picture) => {
      if (wasTaken(picture.requestId)) return await leaveDraft(picture);
      const outcome = await uploadPicture(picture);
      if (outcome && "refused" in outcome && !outcome.retryable) {
        await leaveDraft(picture);
        return this.fail(outcome.refused);
      }
      this.show(outcome && "id" in outcome ? outcome.id : picture.id, picture);
    });
  }

  /** One after another: phones have room for few decoded pictures. */
  private async work<T>(each: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
    this.preparing += each.length;
    for (const one of each) await run(one).finally(() => this.preparing--);
    if (this.preparing > 0 || !this.wanted) return;
    this.wanted = false;
    this.form?.requestSubmit();
  }

  private async take(file: File): Promise<void> {
    try {
      const [blob, picture] = await this.prepare(file);
      // A page that is closed while it goes to the server leaves it to the next one.
      if (picture) markDraft(this.toolId);
      const outcome = await (picture ? uploadPicture(picture) : postPicture(blob));
      if (outcome && "id" in outcome) {
        this.show(outcome.id, picture);
        this.say(this.texts.ready.replace("{size}", sizeText(outcome.bytes)));
      } else if (outcome && !outcome.retryable) {
        if (picture) await leaveDraft(picture);
        this.fail(outcome.refused);
      } else if (picture === null) this.fail(outcome?.refused ?? this.texts.noRoom);
      else {
        this.show(picture.id, picture);
        const ready = this.texts.ready.replace("{size}", sizeText(blob.size));
        this.say(`${ready} ${outcome?.refused ?? this.waits}`);
      }
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      this.fail(this.texts[error.why]);
    }
  }

  /** Shrinks a picture, and keeps it on this device. */
  private async prepare(file: File): Promise<[Blob, DevicePicture | null]> {
    const { held } = this.page;
    held.value++;
    try {
      const blob = await preparePicture(file);
      return [blob, await addPicture(this.toolId, blob)];
    } finally {
      held.value--;
    }
  }

  private show(id: string, picture: DevicePicture | null): void {
    const name = this.texts.picture.replace("{number}", String(++this.count));
    const item = document.createElement("li");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "quiet";
    remove.ariaLabel = remove.title = this.texts.remove.replace("{name}", name);
    remove.textContent = "×";
    const preview = { item, id, picture };
    remove.onclick = () => this.remove(preview);
    item.append(id === picture?.id ? drawPicture(picture.blob, name) : sentPicture(id, name));
    item.append(remove);
    this.list.append(item);
    this.previews.push(preview);
    this.page.attached.push(id);
    if (picture) markDraft(this.toolId);
  }

  /** The network is back: what only this device has goes to the server. */
  private async uploadAll(): Promise<void> {
    for (const preview of this.previews) {
      const { picture, id } = preview;
      if (picture?.id !== id) continue;
      const outcome = await uploadPicture(picture);
      const at = this.page.attached.indexOf(id);
      if (outcome === null || !("id" in outcome) || at < 0) continue;
      preview.id = this.page.attached[at] = outcome.id;
    }
  }

  private remove(preview: Preview): void {
    const { item, id, picture } = preview;
    const next = item.nextElementSibling ?? item.previousElementSibling;
    this.forget([preview]);
    this.say(this.texts.removed);
    if (!next) this.note.textContent = "";
    (next?.querySelector("button") ?? this.button).focus();
    if (picture) void leaveDraft(picture);
    if (id !== picture?.id) fetch(`/api/media/${id}`, { method: "DELETE" }).catch(() => {});
  }

  /** The next message goes without them. */
  private forget(gone: readonly Preview[]): void {
    const { attached } = this.page;
    const ids = gone.map(({ id }) => id);
    attached.splice(0, attached.length, ...attached.filter((id) => !ids.includes(id)));
    for (const { item } of gone) item.remove();
    this.previews = this.previews.filter((each) => !gone.includes(each));
  }

  /** Keeps the message until its pictures are prepared. */
  private hold(event: Event): void {
    if (this.preparing === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.wanted = true;
    this.say(this.texts.preparing);
  }

  /** A picture that is not taken must not be missed: the message waits for the person. */
  private fail(text: string): void {
    this.wanted = false;
    this.say(text);
  }

  private say(text: string): void {
    this.note.textContent = text;
    this.page.announcement.value = text;
  }

  /** Clears the previews once the server or the outbox has the message; not after a refusal. */
  private clearWhenSent(): void {
    let previews: Preview[] = [];
    whenSent(this.page, (taken) => {
      if (!taken) return;
      this.forget(previews);
      if (this.previews.length === 0) this.note.textContent = "";
      for (const { picture } of previews) if (picture) void leaveDraft(picture);
    }, (requestId) => {
      previews = [...this.previews];
      for (const { picture } of previews) {
        if (picture) updatePicture(picture.id, { requestId }).catch(() => {});
      }
    });
  }
}

function sentPicture(id: string, name: string): HTMLElement {
  const image = document.createElement("img");
  image.src = `/api/media/${id}`;
  image.alt = name;
  return image;
}

/** Whether a key sends the message, as composer/ComposerForm.tsx decides. */
function sends(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing &&
    event.keyCode !== 229 && event.target instanceof HTMLTextAreaElement &&
    !matchMedia("(pointer: coarse)").matches;
}

/** Such as "240 kB". */
function sizeText(bytes: number): string {
  const { lang } = document.documentElement;
  const unit = { style: "unit", unit: "kilobyte", unitDisplay: "short" } as const;
  return Math.max(1, Math.round(bytes / 1_000)).toLocaleString(lang, unit);
}
