import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("en");
const units = {
  minutes: (count: number) => counted(count, { one: "# minute", other: "# minutes" }),
  seconds: (count: number) => counted(count, { one: "# second", other: "# seconds" }),
  replies: (count: number) => counted(count, { one: "# reply", other: "# replies" }),
  messages: (count: number) => counted(count, { one: "# message", other: "# messages" }),
  characters: (count: number) => counted(count, { one: "# character", other: "# characters" }),
};

const about = (usd: string | null) => usd === null ? "less than 1¢" : `about ${usd}`;

export const ENGLISH: WhatsAppTexts = {
  welcome: "👋 Hello! You are talking to an AI. It can be wrong, and each message costs this " +
    "organisation a little.\n\nSend *HELP* for what you can do, *LANGUAGE* for another language. " +
    "Send *STOP* and you will get no more messages.",
  menu: (page, current) =>
    menuLines("*What can I help with?* Send a number.", page, {
      current: current === null ? null : `Now: ${bold(current)}`,
      page: `Page ${page.page} of ${page.pages}.`,
      more: "Send *MORE* for the next page.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${
      truncateLine(description, 300)
    }\n\nGo ahead: what can I do for you? *MENU* shows all tools.`,
  ambiguous: (items) => `Which one do you mean? Send its number.\n${itemLines(items)}`,
  help: (tool) =>
    `${tool === null ? "No tool is chosen yet." : `You are talking to ${bold(tool)}.`} ` +
    "Just write. Or send:\n\n" +
    "*MENU* – all tools\n*NEW* – start a new conversation\n*COST* – what this cost\n" +
    "*LANGUAGE* – another language\n*LINK* – continue on the web\n*UNLINK* – end that\n" +
    "*MIRROR* – what comes here from the web\n*VOICE* – spoken replies\n*MEMORY* – what the tools remember of you\n*EXPORT* – your data\n" +
    "*DELETE MY DATA* – delete it\n*STOP* – no more messages",
  noTools: "Nothing is offered on WhatsApp at the moment. Please try again another day.",
  pickFirst: "Please choose first what I should help with.",
  dataHandled: (tool) =>
    `What you write to ${
      bold(tool)
    } goes to an AI provider and is kept here. Please send nothing secret. *DELETE MY DATA* deletes it.`,
  newStarted: (tool) =>
    `🆕 A new conversation with ${bold(tool)}. What came before is no longer used.`,
  cost: ({ replies, conversation, today }) =>
    `💰 This conversation: ${conversation} (${units.replies(replies)}).\nToday in total: ${today}.`,
  exportSent: (messages) => `📄 Here is your data (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 Your data, for ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "There is nothing of yours to export yet.",
  deleteAsk:
    "⚠️ Delete all your conversations, what I remember of you and your links for good? Send *YES* to delete or *NO* to keep them.",
  deleteDone: "🗑️ Your data is deleted. Write again any time to begin anew.",
  declined: "All right, nothing was changed.",
  optedOut: "You will get no more messages from us. Send *START* to come back.",
  optedIn: "Welcome back! You get messages again. *STOP* ends them.",
  languageList: (names) =>
    `Which language? Send its number.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged: "I now speak English here. You can write to the tools in any language.",
  linkDone:
    "🔗 Linked! This chat and the web page are one conversation now. *UNLINK* ends it, *MIRROR* sets what comes here.",
  linkFailed: "That code is not right. Please check it on the web page or ask for a new one there.",
  linkExpired: "That code has expired. Please ask for a new one on the web page.",
  linkBlocked: (minutes) => `Too many wrong codes. Please wait ${units.minutes(minutes)}.`,
  linkHow:
    "To link this chat with the web: open a chat there, choose “WhatsApp” and send me what it shows, such as *LINK* 2345-ABCD.",
  unlinkAsk: "Separate this chat from the web page? Send *YES* or *NO*.",
  unlinked: "This chat and the web page are separate again.",
  notLinked: "This chat is not linked to the web. *LINK* says how.",
  linkCode: (code, minutes) =>
    `Your code: ${code}\nType it on the web page within ${
      units.minutes(minutes)
    }. If you did not ask for it, ignore this message.`,
  mirror: (mirror, { reply, both }) =>
    `From the web you now get: *${
      { reply: "the reply", both: "question and reply", off: "nothing" }[mirror]
    }*.\n\n*MIRROR REPLY* – the reply (${about(reply)} each)\n*MIRROR BOTH* – question and reply (${
      about(both)
    })\n*MIRROR OFF* – nothing`,
  voice: (mode, cost) =>
    `Besides the text you get a voice note: *${
      { spoken: "when you speak", always: "always", never: "never" }[mode]
    }*.\n\n*VOICE SPOKEN* – when you send a voice message (${
      about(cost)
    } each)\n*VOICE ALWAYS* – with every reply\n*VOICE NEVER* – text only`,
  voiceNone:
    "Replies are not spoken here: no speech server is set up. You can still send voice messages.",
  voiceCut: (words) =>
    `🔊 The voice note ends after “…${truncateLine(words, 200)}”. The rest is in the text above.`,
  fromWeb: (question) => `💻 You, on the web: ${truncateLine(question, 500)}`,
  limited: (seconds) =>
    `That was very fast. Please wait ${wait(seconds, units)}, then write again.`,
  overBudget: (resets) => `Today's budget is used up. I can answer again from ${resets}.`,
  shareUsed: (resets) =>
    `You have used your share of today. I can answer you again from ${resets}.`,
  mediaRefused:
    "I can read text, pictures and voice messages, nothing else. Please send it as text.",
  modelEnded:
    "This tool cannot answer now: its AI model no longer exists. The people who run this have been told. *MENU* shows other tools.",
  imagesNotSeen: "This tool cannot see pictures. Please describe it in words.",
  pictureNotRead: "I cannot read that picture. Please send it as a photo, JPEG or PNG.",
  mediaTooLarge: (megabytes) => `That is too large. At most ${megabytes} MB, please.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "The recording stays with this conversation until you delete it.",
  voiceUnwritten: "I could not write that voice message down. The model listens to it instead.",
  voiceMarker: (time) => `(Voice message, ${time}, not written down)`,
  voiceFailed: "I could not understand that voice message. Please try again or write it.",
  voiceTooLong: (minutes) =>
    `That voice message is too long. At most ${units.minutes(minutes)}, please.`,
  takenOver: "👤 A person answers you from here on; the AI is silent.",
  handedBack: "🤖 The AI answers you again.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} cannot help with that here. It is for: ${
      truncateLine(scope, 500)
    }\n*MENU* shows what else there is.`,
  failed: (retry) =>
    retry
      ? "Something went wrong, sorry. Please send it again in a minute."
      : "Sorry, I cannot answer that. Please put it another way, or send *MENU*.",
  interrupted: "⚠️ _The reply broke off here. Send your message again for a whole one._",
  otherModel: "_Another model answered._",
  propose: (tool) => `This looks like something for ${bold(tool)}. Shall I switch? *YES* or *NO*`,
  tooLong: (characters) =>
    `That is too long for me. At most ${units.characters(characters)}, please.`,
  audioNotHeard:
    "I cannot listen to this kind of recording. Hold the microphone here in WhatsApp and speak, or write it.",
  mediaGone: "I could not open what you sent. Please send it again, or write it.",
  reviewed:
    "To make these tools better, people of this organisation may read what you write here from now on. Write nothing that must stay private.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 What the tools remember of you, for 30 days:",
      none: "🧠 The tools have no notes about you.",
      off: "You have switched this off: no notes are written or used. *MEMORY ON* changes that.",
      how: "*MEMORY OFF* ends this, *DELETE MEMORY* deletes the notes.",
    }),
  memoryOff:
    "🧠 The tools write and use no more notes about you. *MEMORY ON* changes that, *DELETE MEMORY* deletes the ones there are.",
  memoryOn:
    "🧠 Tools that remember write short notes of our conversations again. *MEMORY* shows them.",
  memoryCleared: "🗑️ The notes about you are deleted. Your conversations stay.",
  remembers:
    "This tool keeps short notes of our conversations for 30 days. *MEMORY* shows them, *MEMORY OFF* ends that.",
};
