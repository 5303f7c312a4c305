import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("sw");
const units = {
  minutes: (count: number) => counted(count, { one: "dakika moja", other: "dakika #" }),
  seconds: (count: number) => counted(count, { one: "sekunde moja", other: "sekunde #" }),
  replies: (count: number) => counted(count, { one: "jibu moja", other: "majibu #" }),
  messages: (count: number) => counted(count, { one: "ujumbe mmoja", other: "ujumbe #" }),
  characters: (count: number) => counted(count, { one: "herufi moja", other: "herufi #" }),
};

const about = (usd: string | null) => usd === null ? "chini ya senti 1 ya dola" : `takriban ${usd}`;

export const SWAHILI: WhatsAppTexts = {
  welcome:
    "👋 Habari! Hapa anayekujibu ni AI. Inaweza kukosea, na kila ujumbe hugharimu shirika hili kidogo.\n\nTuma *MSAADA* kuona unachoweza kufanya, *LUGHA* kwa lugha nyingine. Tuma *STOP* na hutapokea ujumbe tena.",
  menu: (page, current) =>
    menuLines("*Nikusaidie nini?* Tuma namba.", page, {
      current: current === null ? null : `Sasa: ${bold(current)}`,
      page: `Ukurasa ${page.page} kati ya ${page.pages}.`,
      more: "Tuma *ZAIDI* kwa ukurasa unaofuata.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "Karibu: nikufanyie nini? *MENYU* huonyesha zana zote.",
  ambiguous: (items) => `Unataka ipi? Tuma namba yake.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "Bado hujachagua zana." : `Unazungumza na ${bold(tool)}.`) + " " +
    "Andika tu. Au tuma:\n\n*MENYU* – zana zote\n*MPYA* – mazungumzo mapya\n*GHARAMA* – gharama ya mazungumzo\n*LUGHA* – lugha nyingine\n*LINK* – endelea kwenye tovuti\n*TENGANISHA* – maliza hilo\n*KIOO* – kinachofika hapa kutoka tovuti\n*SAUTI* – majibu kwa sauti\n*KUMBUKUMBU* – zana zinachokumbuka kukuhusu\n*HAMISHA* – data yako\n*FUTA DATA YANGU* – ifute\n*STOP* – usipokee ujumbe tena",
  noTools: "Kwa sasa hakuna kinachopatikana kwenye WhatsApp. Tafadhali jaribu siku nyingine.",
  pickFirst: "Tafadhali chagua kwanza nikusaidie nini.",
  dataHandled: (tool) =>
    `Unachoandikia ${
      bold(tool)
    } huenda kwa mtoa huduma wa AI na huhifadhiwa hapa. Tafadhali usitume siri. *FUTA DATA YANGU* huifuta.`,
  newStarted: (tool) => `🆕 Mazungumzo mapya na ${bold(tool)}. Ya awali hayatumiki tena.`,
  cost: ({ replies, conversation, today }) =>
    `💰 Mazungumzo haya: ${conversation} (${units.replies(replies)}).\nLeo kwa jumla: ${today}.`,
  exportSent: (messages) => `📄 Hii ni data yako (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 Data yako, kwa ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "Bado hakuna data yako ya kuhamisha.",
  deleteAsk:
    "⚠️ Je, unataka kufuta kabisa mazungumzo yako, ninachokumbuka kukuhusu na viunganisho vyako vyote? Tuma *NDIYO* kufuta au *HAPANA* kuvihifadhi.",
  deleteDone: "🗑️ Data yako imefutwa. Andika wakati wowote kuanza upya.",
  declined: "Sawa, hakuna kilichobadilishwa.",
  optedOut: "Hutapokea ujumbe wetu tena. Tuma *START* kurudi.",
  optedIn: "Karibu tena! Unapokea ujumbe tena. *STOP* huusimamisha.",
  languageList: (names) =>
    `Lugha gani? Tuma namba yake.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged: "Sasa nazungumza Kiswahili hapa. Unaweza kuziandikia zana kwa lugha yoyote.",
  linkDone:
    "🔗 Imeunganishwa! Gumzo hili na tovuti sasa ni mazungumzo mamoja. *TENGANISHA* huyamaliza, *KIOO* huweka kinachofika hapa.",
  linkFailed: "Msimbo huo si sahihi. Tafadhali uangalie kwenye tovuti au omba mpya huko.",
  linkExpired: "Msimbo huo umeisha muda. Tafadhali omba mpya kwenye tovuti.",
  linkBlocked: (minutes) =>
    `Misimbo mingi isiyo sahihi. Tafadhali subiri ${units.minutes(minutes)}.`,
  linkHow:
    "Ili kuunganisha gumzo hili na tovuti: fungua gumzo huko, chagua “WhatsApp” na unitumie kinachoonyeshwa, kama *LINK* 2345-ABCD.",
  unlinkAsk: "Je, unataka kutenganisha gumzo hili na tovuti? Tuma *NDIYO* au *HAPANA*.",
  unlinked: "Gumzo hili na tovuti vimetenganishwa tena.",
  notLinked: "Gumzo hili halijaunganishwa na tovuti. *LINK* hueleza namna.",
  linkCode: (code, minutes) =>
    `Msimbo wako: ${code}\nUandike kwenye tovuti ndani ya ${
      units.minutes(minutes)
    }. Kama hukuuomba, puuza ujumbe huu.`,
  mirror: (mirror, { reply, both }) =>
    `Kutoka tovuti sasa hufika hapa: *${
      { reply: "jibu", both: "swali na jibu", off: "hakuna" }[mirror]
    }*.\n\n` +
    `*KIOO JIBU* – jibu (${about(reply)} kila moja)\n*KIOO VYOTE* – swali na jibu (${
      about(both)
    })\n*KIOO ZIMA* – hakuna`,
  voice: (mode, cost) =>
    `Pamoja na maandishi unapata ujumbe wa sauti: *${
      { spoken: "unapozungumza", always: "daima", never: "kamwe" }[mode]
    }*.\n\n*SAUTI NIKISEMA* – unapotuma ujumbe wa sauti (${
      about(cost)
    } kila mmoja)\n*SAUTI DAIMA* – kwa kila jibu\n*SAUTI KAMWE* – maandishi tu`,
  voiceNone:
    "Hapa majibu hayasomwi kwa sauti: hakuna seva ya sauti iliyowekwa. Bado unaweza kutuma ujumbe wa sauti.",
  voiceCut: (words) =>
    `🔊 Ujumbe wa sauti unaishia baada ya “…${
      truncateLine(words, 200)
    }”. Sehemu iliyobaki iko kwenye maandishi hapo juu.`,
  fromWeb: (question) => `💻 Wewe, kwenye tovuti: ${truncateLine(question, 500)}`,
  limited: (seconds) =>
    `Umetuma haraka sana. Tafadhali subiri ${wait(seconds, units)}, kisha andika tena.`,
  overBudget: (resets) => `Bajeti ya leo imeisha. Ninaweza kujibu tena kuanzia: ${resets}.`,
  shareUsed: (resets) => `Umetumia sehemu yako ya leo. Ninaweza kukujibu tena kuanzia: ${resets}.`,
  mediaRefused:
    "Ninaweza kusoma maandishi, picha na ujumbe wa sauti tu. Tafadhali tuma kama maandishi.",
  modelEnded:
    "Zana hii haiwezi kujibu sasa: modeli yake ya AI haipo tena. Wahusika wamejulishwa. *MENYU* inaonyesha zana nyingine.",
  imagesNotSeen: "Zana hii haiwezi kuona picha. Tafadhali zieleze kwa maneno.",
  pictureNotRead: "Siwezi kusoma picha hiyo. Tafadhali itume kama picha ya kawaida, JPEG au PNG.",
  mediaTooLarge: (megabytes) => `Ni kubwa mno. Isizidi MB ${megabytes}, tafadhali.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "Rekodi inabaki pamoja na mazungumzo haya hadi utakapoyafuta.",
  voiceUnwritten: "Sikuweza kuandika ujumbe huo wa sauti. Modeli inausikiliza moja kwa moja.",
  voiceMarker: (time) => `(Ujumbe wa sauti, ${time}, haujaandikwa)`,
  voiceFailed: "Sikuweza kuelewa ujumbe huo wa sauti. Tafadhali jaribu tena au uandike.",
  voiceTooLong: (minutes) =>
    `Ujumbe huo wa sauti ni mrefu mno. Usizidi ${units.minutes(minutes)}, tafadhali.`,
  takenOver: "👤 Kuanzia sasa mtu anakujibu; AI imenyamaza.",
  handedBack: "🤖 AI inakujibu tena.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} haiwezi kusaidia kwa hilo hapa. Ni kwa ajili ya: ${
      truncateLine(scope, 500)
    }\n*MENYU* huonyesha mengine yaliyopo.`,
  failed: (retry) =>
    retry
      ? "Kuna hitilafu, samahani. Tafadhali tuma tena baada ya dakika moja."
      : "Samahani, siwezi kujibu hilo. Sema kwa namna nyingine au tuma *MENYU*.",
  interrupted: "⚠️ _Jibu lilikatika hapa. Tuma ujumbe wako tena kupata lote._",
  otherModel: "_Modeli nyingine imejibu._",
  propose: (tool) => `Hili linaonekana kuwa la ${bold(tool)}. Nibadilishe? *NDIYO* au *HAPANA*`,
  tooLong: (characters) =>
    `Ni ndefu mno kwangu. Isizidi ${units.characters(characters)}, tafadhali.`,
  audioNotHeard:
    "Siwezi kusikiliza rekodi ya aina hii. Shikilia maikrofoni hapa WhatsApp na uzungumze, au uandike.",
  mediaGone: "Sikuweza kufungua ulichotuma. Tafadhali kitume tena, au uandike.",
  reviewed:
    "Ili kuboresha zana hizi, watu wa shirika hili wanaweza kusoma unachoandika hapa kuanzia sasa. Usiandike chochote kinachopaswa kubaki siri.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 Zana zinachokumbuka kukuhusu, kwa siku 30:",
      none: "🧠 Zana hazina maelezo yoyote kukuhusu.",
      off:
        "Umezima hili: maelezo hayaandikwi wala hayatumiki. *WASHA KUMBUKUMBU* hubadilisha hilo.",
      how: "*ZIMA KUMBUKUMBU* humaliza hili, *FUTA KUMBUKUMBU* hufuta maelezo.",
    }),
  memoryOff:
    "🧠 Zana haziandiki wala hazitumii tena maelezo kukuhusu. *WASHA KUMBUKUMBU* hubadilisha hilo, *FUTA KUMBUKUMBU* hufuta yaliyopo.",
  memoryOn:
    "🧠 Zana zinazokumbuka huandika tena maelezo mafupi ya mazungumzo yetu. *KUMBUKUMBU* huyaonyesha.",
  memoryCleared: "🗑️ Maelezo kukuhusu yamefutwa. Mazungumzo yako yanabaki.",
  remembers:
    "Zana hii huhifadhi maelezo mafupi ya mazungumzo yetu kwa siku 30. *KUMBUKUMBU* huyaonyesha, *ZIMA KUMBUKUMBU* humaliza hilo.",
};
