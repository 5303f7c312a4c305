import { SWAHILI_CHAT, SWAHILI_COMPOSER, SWAHILI_METER, SWAHILI_TURN } from "./chat/sw.ts";
import { SWAHILI_LINK } from "./link/sw.ts";
import { SWAHILI_PICTURES } from "./pictures/sw.ts";
import type { PageTexts } from "./texts.ts";
import { SWAHILI_VOICE } from "./voice/sw.ts";

export const SWAHILI_PAGES: PageTexts = {
  language: "sw",
  frame: {
    description: "Zana za AI za kuzungumza nazo, hapa na kwenye WhatsApp.",
    skip: "Nenda kwenye maudhui",
    notice: "AI inaweza kukosea.",
    kept: {
      one: "Mazungumzo huhifadhiwa kwa siku #.",
      other: "Mazungumzo huhifadhiwa kwa siku #.",
    },
    keptWithSound: {
      one: "Mazungumzo na rekodi huhifadhiwa kwa siku #.",
      other: "Mazungumzo na rekodi huhifadhiwa kwa siku #.",
    },
    backTo: "Rudi kwa {name}",
    demoName: "Taarifa",
    demo: "{mode:Hali ya majaribio:} majibu ni ya kubuni.",
  },
  home: {
    title: "Unafanya kazi gani?",
    search: "Tafuta zana",
    tools: "Zana",
    otherTools: "Zana nyingine",
    noneFound: "Hakuna zana kwa “{query}”.",
    found: { one: "Zana # kwa “{query}”.", other: "Zana # kwa “{query}”." },
    showAll: "Onyesha zana zote",
    empty: "Bado hakuna zana.",
    emptyText: "Mara tu {organisation} itakapoongeza zana, itaonekana hapa.",
  },
  chat: SWAHILI_CHAT,
  turn: SWAHILI_TURN,
  composer: SWAHILI_COMPOSER,
  pictures: SWAHILI_PICTURES,
  voice: SWAHILI_VOICE,
  meter: SWAHILI_METER,
  removal: {
    title: "Ufute mazungumzo haya?",
    empty: "Hakuna cha kufuta: mazungumzo ni matupu.",
    forGood: "Hili haliwezi kutenduliwa.",
    lost: {
      one:
        "Ujumbe mmoja unafutwa sasa, pamoja na ukadiriaji wako. Gharama tu huhifadhiwa, si maandishi.",
      other:
        "Jumbe # zinafutwa sasa, pamoja na ukadiriaji wako. Gharama tu huhifadhiwa, si maandishi.",
    },
    confirm: "Futa mazungumzo",
    cancel: "Ghairi",
  },
  dataExport: {
    title: "Data yako",
    about:
      "Mazungumzo yako yote katika faili moja la maandishi. Liweke mahali ambapo wewe tu unaweza kulisoma.",
    download: "Pakua",
    expired: "Anwani hii imekwisha muda. Tuma {command:HAMISHA} kwenye WhatsApp kupata mpya.",
  },
  reason: {
    title: "Sema kwa nini",
    question: "Kuna kasoro gani katika jibu hili?",
    field: "Kwa sentensi moja, ukipenda. Husaidia wanaoitunza {tool}.",
    send: "Tuma",
    back: "Rudi",
  },
  link: SWAHILI_LINK,
  linkWait: { waiting: "Inasubiri ujumbe wako. Msimbo unafanya kazi hadi {time}." },
  errorPage: {
    status: "Hitilafu {status}",
    errors: {
      400: { title: "Haikufanikiwa", detail: "Kuna kitu katika ombi hakikueleweka." },
      403: { title: "Hairuhusiwi", detail: "Huna ruhusa ya kuona ukurasa huu." },
      404: {
        title: "Ukurasa haukupatikana",
        detail: "Hakuna kitu kwenye anwani hii. Huenda zana ilibadilishwa jina au iliondolewa.",
      },
      409: {
        title: "Subiri kidogo",
        detail: "Jibu bado linaandikwa. Subiri au ulisimamishe.",
      },
      413: {
        title: "Ni ndefu mno",
        detail: "Hii ni zaidi ya kiasi ambacho ukurasa unapokea. Jaribu maandishi mafupi zaidi.",
      },
      429: {
        title: "Polepole kidogo, tafadhali",
        detail: "Kulikuwa na maombi mengi mno kwa muda mfupi.",
      },
      503: {
        title: "Tunarudi punde",
        detail: "Huduma haipatikani sasa. Hakuna chako kilichopotea.",
      },
      other: {
        title: "Kuna hitilafu",
        detail: "Ni kosa letu, si lako. Limeandikwa, na hakuna chako kilichopotea.",
      },
    },
    retrySeconds: {
      one: "Tafadhali jaribu tena baada ya sekunde #.",
      other: "Tafadhali jaribu tena baada ya sekunde #.",
    },
    retryMinutes: {
      one: "Tafadhali jaribu tena baada ya dakika #.",
      other: "Tafadhali jaribu tena baada ya dakika #.",
    },
    reference: "Rejea: {reference}",
    back: "Ona zana zote",
  },
};
