import type { Signal } from "@preact/signals";
import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { PicturePage } from "../pictures/picture_panel.ts";
import { type OutboxPage, PageOutbox } from "./outbox.ts";
import { type EditPage, editWaiting } from "./edit_waiting.ts";
import { WaitingMessageList, type WaitingTexts } from "./waiting_list.ts";

type Page =
  & Omit<OutboxPage, "toolId" | "notSent">
  & Omit<EditPage, "toolId">
  & PicturePage
  & { texts: TurnTexts; announcement: Signal<string> };

let opened: PageOutbox | null = null;

/** Shows the messages that wait on this device, and sends them once they can be. */
export function openOutbox(page: Page): PageOutbox {
  if (opened) return opened;
  const place = document.getElementById("messages");
  if (!place) throw new Error("no place for waiting messages");
  const { tool: toolId = "", outbox: own = "" } = place.dataset;
  const pictures = document.querySelector<HTMLElement>("button[data-pictures]")?.dataset.pictures;
  const texts: WaitingTexts = {
    picture: "",
    ...JSON.parse(pictures ?? "{}"),
    ...page.texts,
    ...JSON.parse(own),
  };
  const list = new WaitingMessageList(place, texts, {
    discard: (message) => void outbox.discard(message),
    again: (message) => void outbox.again(message),
    edit: async (message) => {
      if (await outbox.take(message)) editWaiting(message, { ...page, toolId });
    },
  });
  const outbox = new PageOutbox({ ...page, toolId, notSent: texts.notSent }, {
    show: (messages, pictures) => list.show(messages, pictures),
    say(message) {
      list.scrollTo(message);
      page.announcement.value = list.reason(message);
    },
  });
  return opened = outbox;
}
