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
    offer: "Link this browser with WhatsApp to go on with this conversation on your phone.",
    expired: "The code has expired. Nothing was linked.",
    show: "Show my code",
    showNew: "Show a new code",
    here: "Open WhatsApp on this device",
    otherWay: "Or {byNumber:get a code by WhatsApp} and type it here.",
    picture: "QR code that opens WhatsApp with the message LINK {code}",
    steps: ["1. Open WhatsApp", "2. Send the message"],
    open: "Open WhatsApp",
    openAbout: "A message with your code is ready there.",
    sendAbout: "Do not change the code. This page goes on by itself.",
    elsewhere: "WhatsApp is on another phone",
    scanElsewhere: "Scan this with that phone’s camera.",
    scan: "Scan this with your phone’s camera",
    scanAbout: "WhatsApp opens with a message. Send it as it is, and this page goes on by itself.",
    byHand: "No camera? Write this to {number}:",
    waiting: "Waiting for your message. This page checks every few seconds. {look:Check now}",
    renew: "New code",
  },
  byNumber: {
    enterCode: "Type the code",
    sent: {
      one: "If {phone} wrote to us within the last 24 hours, it has a code now, which works for " +
        "one more minute. Nothing came? Send us any message on WhatsApp first and ask again, or " +
        "{scan:scan the QR code}: that always works.",
      other:
        "If {phone} wrote to us within the last 24 hours, it has a code now, which works for " +
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
      stopped: "Nothing is sent there now, because the phone sent STOP. Send START to go on.",
      window: "Nothing is sent there now, because you have not written on WhatsApp for 24 hours. " +
        "Send any message there to go on.",
    },
    mirror: "What should this page send to WhatsApp?",
    choices: {
      reply: ["The answer", "{cost} for each of your messages here"],
      both: ["My question and the answer", "{cost} for each of your messages here"],
      off: ["Nothing", "no cost; messages on WhatsApp are still answered there"],
    },
    about:
      "A long answer is several messages. Nothing is sent if you have not written on WhatsApp " +
      "for 24 hours, or have sent STOP there.",
    save: "Save",
    unlinkTitle: "End the link",
    unlinkAbout:
      "What was said stays on this page. The phone is told, and its earlier chats return.",
    unlink: "Unlink",
  },
  about: {
    title: "What linking means",
    points: [
      "The conversation is the same here and on WhatsApp, with every tool.",
      "Whoever holds the phone or uses this browser can read it and go on.",
      "Earlier chats on your phone stay separate and return when you unlink.",
      "Messages pass through Meta and Twilio. This page shows only the last digits of your number.",
    ],
    cost: "You pay nothing. Each message costs the organisation {cost}. " +
      "Write UNLINK on the phone to end it; what was said stays here.",
  },
};
