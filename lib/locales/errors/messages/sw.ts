import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { SWAHILI_COMPOSER } from "../../page/chat/sw.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { SWAHILI_MEDIA } from "../media/sw.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = SWAHILI_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "vitambulisho vya picha nne na rekodi moja, visizidi hapo",
  chatAction: "send, edit, regenerate au continue",
  linkCode: "msimbo ulio kwenye ujumbe",
  linkCodeBody: "kitu chenye code",
  messageNumber: "namba ya ujumbe",
  messageText: "maandishi hayapo",
  object: "kitu",
  phone: "namba ya simu",
  requestId: "herufi, tarakimu, - au _ kati ya 16 na 64",
  toolId: "herufi ndogo, tarakimu na vistari, zisizidi 64",
  turnBody: "kitu chenye toolId na message",
};

const TOO_MANY = {
  messages: "Jumbe nyingi",
  codes: "Misimbo mingi",
  recordings: "Rekodi nyingi",
} as const;

export const SWAHILI_ERRORS: ErrorTexts = {
  titles: {
    invalid: "Ombi si sahihi",
    denied: "Hili haliruhusiwi",
    missing: "Hakuna kitu hapa",
    conflict: "Hili halilingani na kilichopo",
    too_large: "Ni kubwa mno",
    too_slow: "Ombi lilichukua muda mrefu mno",
    wrong_type: "Aina hii ya maudhui haipokelewi",
    wrong_host: "Anwani hii haihudumiwi hapa",
    unauthenticated: "Ufunguo unahitajika",
    limited: "Maombi mengi mno",
    over_budget: "Bajeti ya leo imekwisha",
    over_share: "Sehemu yako ya leo imekwisha",
    unavailable: "Haipatikani kwa sasa",
    upstream: "Huduma inayohitajika haikujibu",
  },
  internal: {
    title: "Kuna hitilafu hapa",
    detail: "Hitilafu imeandikwa. Jaribu tena baada ya muda mfupi.",
  },
  wrongMethod: "Anwani hii haipokei aina hiyo ya ombi.",
  errors: {
    ...SWAHILI_MEDIA,
    "address.malformed": "Anwani ina % isiyowakilisha herufi yoyote.",
    "budget.held": "Kilichobaki cha bajeti ya leo kimetengewa majibu yanayoendelea.",
    "budget.message_too_long":
      "Ujumbe huu ni mrefu mno kwa kilichobaki cha bajeti ya leo. Andika mfupi zaidi.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `Zana hii imefikia kikomo cha mwezi huu. Inafunguka tena tarehe ${
        dayAndMonth(opensAt, "sw", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `Zana hii imefikia kikomo cha leo. ${sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)}`,
    "conversation.changed": "Mazungumzo yamebadilika: ujumbe huo haupo tena.",
    "conversation.gone": "Mazungumzo hayo hayapo tena.",
    "conversation.too_many_versions":
      "Mazungumzo haya yana matoleo mengi mno. Anza mapya ili uendelee.",
    "conversation.version_gone": "Toleo hilo halipo tena.",
    "note.gone": "Maelezo hayo hayapo tena.",
    "device.code_over": "Msimbo huu umekwisha. Onyesha mpya kwenye kifaa cha kwanza.",
    "device.same": "Hiki ndicho kifaa kinachoonyesha msimbo. Fungua anwani kwenye kifaa kingine.",
    "device.ended": "Kifaa hiki kimemalizwa kutoka kifaa kingine. Pakia ukurasa upya.",
    "device.not_first": "Vifaa husimamiwa kwenye kifaa cha kwanza.",
    "device.too_many": ({ most }) => `Vifaa visizidi ${most}. Maliza kimoja kwanza.`,
    "share.off": "Kushiriki kumezimwa hapa.",
    "share.ended": "Kiungo hiki kimeisha. Omba kipya.",
    "share.too_many": ({ most }) =>
      `Mazungumzo yanaweza kuwa na viungo ${most}. Acha kimoja kwanza.`,
    "metrics.token_needed": "Vipimo huambiwa wasimamizi tu na kwa tokeni.",
    "cost.token_needed": "Gharama huambiwa wasimamizi tu na kwa tokeni.",
    "cost.tool_id": "Gharama haiwezi kusemwa: `toolId` si ya zana yoyote.",
    "host.unknown":
      "Seva hii haijulikani kwa jina hili. Anayeiendesha anaweza kuongeza jina kwenye ALLOWED_HOSTS.",
    "host.unreadable": "Ombi halitaji seva inayoeleweka.",
    "link.code_expired": "Msimbo huo umeisha muda. Omba mpya.",
    "link.code_wrong": "Msimbo huo si sahihi. Angalia ujumbe tena, au omba msimbo mpya.",
    "link.invalid": ({ field, takes }) =>
      `Haiwezi kuunganisha: \`${field}\` hupokea ${TAKES[takes]}.`,
    "link.phone": "Hiyo si namba ya simu. Iandike pamoja na msimbo wa nchi, kama +41 79 123 45 67.",
    "message.empty": "Ujumbe ni mtupu. Andika kitu kwanza.",
    "message.invalid": ({ field, takes }) =>
      `Ujumbe hauwezi kupokewa: \`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "sw"), longest: formatCount(longest, "sw") }),
    "mirror.missing": "Chagua kinachoenda WhatsApp.",
    "model.ended": () =>
      "Zana hii haiwezi kujibu: modeli yake ya AI haipo tena. Shirika linaloendesha ukurasa huu limejulishwa. Tumia zana nyingine.",
    "model.unpriced": ({ model }) =>
      `Hakuna kilichotumwa: bei ya modeli “${model}” haijulikani. Msimamizi anaweza kuiongeza kwenye bei.`,
    "page.outdated": "Ukurasa huu umepitwa na wakati. Upakie upya.",
    "rate.limited": ({ things, waitMs }) =>
      `${TOO_MANY[things]} kwa muda mfupi. Unaweza kuendelea ${
        secondsUntil(Math.ceil(waitMs / 1000), "sw")
      }.`,
    "rating.missing": "Jibu haliwezi kukadiriwa: `up`, `down` au `none` haipo.",
    "rating.outdated": "Jibu haliwezi kukadiriwa: ukurasa wake umepitwa na wakati. Upakie upya.",
    "reply.gone": "Jibu hilo halipo tena katika mazungumzo yako.",
    "request.broken": "Ombi halikuweza kusomwa hadi mwisho.",
    "request.form": "Fomu ilikuja kwa njia isiyoeleweka hapa.",
    "request.late": "Ombi halikufika kwa wakati. Jaribu tena.",
    "request.name_too_long": "Jina katika ombi hili ni refu mno.",
    "request.no_json": "Ombi si JSON sahihi.",
    "request.no_text": "Ombi halikuweza kusomwa hadi mwisho kama maandishi ya UTF-8.",
    "request.not_json_type": "Hapa hupokelewa JSON tu (content-type: application/json).",
    "request.too_large": ({ bytes }) => `Ujumbe ni mrefu mno: usizidi KiB ${bytes / 1024}.`,
    "server.busy": "Seva ina maombi mengi. Jaribu tena.",
    "server.restarting": "Seva inaanzishwa upya. Jaribu tena baada ya sekunde chache.",
    "share.held": "Kilichobaki cha sehemu yako ya leo kimetengewa majibu yanayoendelea.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "Umetumia sehemu yako ya mwezi huu."
          : "Wageni wapya wa mtandao wako wametumia sehemu yao ya mwezi huu."
      } Unaweza kutuma tena tarehe ${dayAndMonth(opensAt, "sw", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "Umetumia sehemu yako ya leo."
          : "Wageni wapya wa mtandao wako wametumia sehemu yao ya leo."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing":
      "Kwa sasa hakuna kinachoweza kuhifadhiwa au kusomwa. Tafadhali jaribu tena baada ya dakika moja.",
    "store.too_large": "Ni kubwa mno kuhifadhiwa.",
    "token.wrong": "Tokeni hii si sahihi.",
    "tool.gone": "Zana hii haipatikani tena.",
    "turn.asked_elsewhere":
      "Ujumbe huu umeshatumwa kwa zana nyingine. Utume hapa kama ujumbe mpya.",
    "turn.busy": "Jibu bado linaandikwa katika mazungumzo haya. Subiri liishe, au ulisimamishe.",
    "turn.not_stopped":
      "Jibu linaloendelea halikuweza kusimamishwa kwa wakati. Jaribu tena baada ya muda mfupi.",
    "voice.no_transcriber": "Ujumbe wa sauti hauwezi kuandikwa hapa.",
    "voice.unpriced": ({ model }) =>
      `Hakuna kilichotumwa: bei ya dakika ya “${model}” haijulikani. Msimamizi anaweza kuiongeza kwenye bei.`,
    "whatsapp.not_offered": "WhatsApp haitolewi hapa.",
    "whatsapp.not_twilio": "Ombi hili si la Twilio.",
    "whatsapp.off": "WhatsApp imezimwa.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} haipatikani kwenye WhatsApp.`,
  },
};
