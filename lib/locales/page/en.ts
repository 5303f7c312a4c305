import { ENGLISH_VOICE } from "./voice/en.ts";
import { ENGLISH_CHAT, ENGLISH_COMPOSER, ENGLISH_METER, ENGLISH_TURN } from "./chat/en.ts";
import { ENGLISH_PICTURES } from "./pictures/en.ts";
import { ENGLISH_LINK } from "./link/en.ts";
import type { PageTexts } from "./texts.ts";

export const ENGLISH_PAGES: PageTexts = {
  language: "en",
  frame: {
    description: "AI tools to chat with, here and on WhatsApp.",
    skip: "Skip to content",
    notice: "AI can be wrong.",
    kept: { one: "Chats are kept for # day.", other: "Chats are kept for # days." },
    keptWithSound: {
      one: "Chats and recordings are kept for # day.",
      other: "Chats and recordings are kept for # days.",
    },
    backTo: "Back to {name}",
    demoName: "Notice",
    demo: "{mode:Demo mode:} replies are made up.",
  },
  home: {
    title: "What are you working on?",
    search: "Find a tool",
    tools: "Tools",
    otherTools: "Other tools",
    noneFound: "No tool for “{query}”.",
    found: { one: "# tool for “{query}”.", other: "# tools for “{query}”." },
    showAll: "Show all tools",
    empty: "No tools yet.",
    emptyText: "As soon as {organisation} adds one, it appears here.",
  },
  chat: ENGLISH_CHAT,
  turn: ENGLISH_TURN,
  composer: ENGLISH_COMPOSER,
  pictures: ENGLISH_PICTURES,
  voice: ENGLISH_VOICE,
  meter: ENGLISH_METER,
  removal: {
    title: "Delete this conversation?",
    empty: "There is nothing to delete: the conversation is empty.",
    forGood: "This cannot be undone.",
    lost: {
      one: "One message is deleted now, with your ratings. Only the cost is kept, not the text.",
      other: "# messages are deleted now, with your ratings. Only the cost is kept, not the text.",
    },
    confirm: "Delete conversation",
    cancel: "Cancel",
  },
  dataExport: {
    title: "Your data",
    about: "All your conversations as one text file. Keep it where only you can read it.",
    download: "Download",
    expired: "This address has expired. Send {command:EXPORT} on WhatsApp for a new one.",
  },
  reason: {
    title: "Say why",
    question: "What is wrong with this answer?",
    field: "In a sentence, if you like. It helps those who look after {tool}.",
    send: "Send",
    back: "Back",
  },
  link: ENGLISH_LINK,
  linkWait: { waiting: "Waiting for your message. The code works until {time}." },
  errorPage: {
    status: "Error {status}",
    errors: {
      400: {
        title: "That did not work",
        detail: "Something in the request was not understood.",
      },
      403: { title: "Not allowed", detail: "You have no access to this page." },
      404: {
        title: "Page not found",
        detail: "There is nothing at this address. The tool may have been renamed or withdrawn.",
      },
      409: {
        title: "One moment",
        detail: "An answer is still being written. Wait for it or stop it.",
      },
      413: {
        title: "Too long",
        detail: "This is more than the page can take. Try a shorter text.",
      },
      429: {
        title: "A little slower, please",
        detail: "There were too many requests in a short time.",
      },
      503: {
        title: "Back in a moment",
        detail: "The service is not available right now. Nothing of yours is lost.",
      },
      other: {
        title: "Something went wrong",
        detail: "This is our fault, not yours. It has been recorded, and nothing of yours is lost.",
      },
    },
    retrySeconds: {
      one: "Please try again in a second.",
      other: "Please try again in # seconds.",
    },
    retryMinutes: {
      one: "Please try again in a minute.",
      other: "Please try again in # minutes.",
    },
    reference: "Reference: {reference}",
    back: "See all tools",
  },
};
