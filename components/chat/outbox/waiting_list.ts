import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { OutboxTexts } from "../../../lib/locales/own/outbox.ts";
import type { DevicePicture } from "./device_pictures.ts";
import { drawPicture } from "./draw_picture.ts";
import type { WaitingMessage } from "./waiting_messages.ts";

/** Texts in the markup of the list, and of the page. */
export type WaitingTexts =
  & OutboxTexts
  & Pick<TurnTexts, "you" | "editQuestion" | "tryAgain">
  & {
    /** Of a refusal without a reason. */
    notSent: string;
    /** Name of a picture, with its number. */
    picture: string;
  };

/** What a person can do with a waiting message. */
interface WaitingActions {
  discard(message: WaitingMessage): void;
  again(message: WaitingMessage): void;
  edit(message: WaitingMessage): void;
}

/** Waiting messages at the end of the conversation. */
export class WaitingMessageList {
  private readonly items = new Map<string, { item: HTMLElement; shown: string }>();

  constructor(
    private readonly list: HTMLElement,
    private readonly texts: WaitingTexts,
    private readonly actions: WaitingActions,
  ) {}

  show(messages: readonly WaitingMessage[], pictures: readonly DevicePicture[]): void {
    for (const [id, { item }] of this.items) {
      if (messages.some((message) => message.id === id)) continue;
      item.remove();
      this.items.delete(id);
    }
    for (const message of messages) {
      const shown = JSON.stringify(message);
      const before = this.items.get(message.id);
      if (before?.shown === shown) continue;
      const item = this.itemOf(message, pictures);
      if (before) before.item.replaceWith(item);
      else this.list.append(item);
      this.items.set(message.id, { item, shown });
    }
  }

  /** Moves the window to a message, if it is shown. */
  scrollTo({ id }: WaitingMessage): void {
    this.items.get(id)?.item.scrollIntoView({ block: "nearest" });
  }

  /** Why a message waits. */
  reason({ due, refused, told }: WaitingMessage): string {
    if (refused) return refused;
    if (due <= Date.now()) return told || this.texts.network;
    // What follows the reason in it is the time as of then, in the server's zone.
    const lead = told?.replace(/([.।]) .*/, "$1") || this.texts.limited;
    return `${lead} ${this.texts.timed.replace("{time}", timeText(due))}`;
  }

  private itemOf(message: WaitingMessage, pictures: readonly DevicePicture[]): HTMLElement {
    const { text, attachments, refused, due } = message;
    const article = element("article", "question waiting", "");
    article.append(element("h2", "who", this.texts.you));
    const shown = pictures.filter(({ id }) => attachments.includes(id));
    if (shown.length > 0) {
      const place = element("div", "pictures", "");
      place.append(
        ...shown.map(({ blob }, i) =>
          drawPicture(blob, this.texts.picture.replace("{number}", String(i + 1)))
        ),
      );
      article.append(place);
    }
    const bubble = element("div", "bubble prose plain", text);
    bubble.dir = "auto";
    const actions = element("div", "actions", "");
    actions.append(element("span", "meta", this.reason(message)));
    // Before a told time the server would only refuse it again.
    if (refused || due <= Date.now()) {
      actions.append(this.button(this.texts.tryAgain, () => this.actions.again(message)));
    }
    actions.append(
      this.button(this.texts.editQuestion, () => this.actions.edit(message)),
      this.button(this.texts.discard, () => this.actions.discard(message)),
    );
    article.append(bubble, actions);
    const item = element("li", "turn", "");
    item.append(article);
    return item;
  }

  private button(name: string, press: () => void): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link meta";
    button.textContent = name;
    button.onclick = () => {
      press();
      document.getElementById("message")?.focus();
    };
    return button;
  }
}

/** A clock time, with its day unless that is today, and the year where it is another. */
function timeText(at: number): string {
  const { lang } = document.documentElement;
  const [day, today] = [new Date(at), new Date()];
  const isToday = day.toDateString() === today.toDateString();
  const isThisYear = day.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(`${lang}-u-nu-latn`, {
    ...(isToday ? {} : { day: "numeric", month: "long" }),
    ...(isThisYear ? {} : { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

function element(tag: string, name: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
