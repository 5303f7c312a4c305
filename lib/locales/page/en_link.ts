import type { LinkTexts } from "./link_texts.ts";

export const ENGLISH_LINK: LinkTexts = {
  title: "Continue on WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "The link with {phone} ended on {time}: it was ended on the phone.",
    replaced: "The link with {phone} ended on {time}: the phone was linked with another browser.",
    seen: "All right",
  },
  code: {
    offer: "Talk on your phone, and go on here at any time: link this browser with WhatsApp.",
    expired: "The code's time is over. Nothing was linked.",
    show: "Show my code",
    showNew: "Show a new code",
    otherWay: "The other way round: {byNumber:get a code by WhatsApp} and type it here.",
    picture: "QR code that opens WhatsApp with the message LINK {code}",
    scan: "Scan the picture with your phone, or, if you are on it, {open:Open WhatsApp}",
    send: "Send the message that is written there. Or write to {number} yourself: {code}",
    then: "Then this page says that you are linked.",
    waiting: "Waiting for your message: this page looks every few seconds. {look:Look now}",
    renew: "New code",
  },
  byNumber: {
    enterCode: "Type the code",
    sent: {
      one: "If {phone} wrote to us within the last 24 hours, it has a code now that holds for " +
        "one more minute. Nothing came? Send us any message on WhatsApp first and ask again, or " +
        "{scan:scan the QR code}: that always works.",
      other: "If {phone} wrote to us within the last 24 hours, it has a code now that holds for " +
        "# more minutes. Nothing came? Send us any message on WhatsApp first and ask again, or " +
        "{scan:scan the QR code}: that always works.",
    },
    code: "The code from the message",
    link: "Link",
    title: "Get a code by WhatsApp",
    titleAgain: "Another number, or a new code",
    about: "We send a code to your phone if it wrote to us within the last 24 hours: WhatsApp " +
      "allows no other. If it did not, send us any message first, or {scan:scan the QR code}.",
    phone: "Your WhatsApp number, with its country's code",
    send: "Send me a code",
    back: "Back",
    answer: "If this number wrote to us within the last 24 hours, it has a code now. If nothing " +
      "came, send us any message on WhatsApp first, or send us a code from the phone.",
  },
  linked: {
    since: "Linked with {phone} since {time}. Just write, here or there.",
    silent: {
      stopped: "Nothing goes there now, for STOP was sent on the phone. START lets it go on.",
      window: "Nothing goes there now, for you did not write on WhatsApp for 24 hours. " +
        "Any message lets it go on.",
    },
    mirror: "What of this page goes to WhatsApp?",
    choices: {
      reply: ["The reply", "about {cost} for each of your messages here"],
      both: ["My question and the reply", "about {cost} for each"],
      off: ["Nothing", "no cost; what you write on WhatsApp is answered there all the same"],
    },
    about: "A long reply is several messages. Nothing is sent when you did not write on WhatsApp " +
      "for 24 hours, or sent STOP there.",
    save: "Save",
    unlinkTitle: "End the link",
    unlinkAbout:
      "What was said stays on this page. The phone is told, and its earlier chats return.",
    unlink: "Unlink",
  },
  about: {
    title: "What linking means",
    conversation: [
      "One conversation",
      "What you write to {tool}, and to other tools, on WhatsApp appears here and the other way " +
      "round. Whoever holds the phone can read and go on with your conversations, and so can " +
      "whoever uses this browser.",
    ],
    before: [
      "What was said before",
      "Conversations of this page go on. Earlier chats on your phone stay separate and return " +
      "when you unlink.",
    ],
    others: [
      "Who else sees it",
      "Messages on WhatsApp pass through Meta and Twilio. Of your number, no page here shows " +
      "more than its last digits.",
    ],
    costs: [
      "What it costs",
      "Nothing for you. Each message on WhatsApp costs this organisation about {cost}; you " +
      "choose what of this page goes there.",
    ],
    end: [
      "How it ends",
      "Here, or with UNLINK on the phone. What was said stays on this page.",
    ],
  },
};
