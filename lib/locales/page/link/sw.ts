import type { LinkTexts } from "./link_texts.ts";

export const SWAHILI_LINK: LinkTexts = {
  title: "Endelea kwenye WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "Muunganisho na {phone} uliisha {time}: ulikatishwa kwenye simu.",
    replaced: "Muunganisho na {phone} uliisha {time}: simu iliunganishwa na kivinjari kingine.",
    seen: "Sawa",
  },
  code: {
    offer: "Unganisha kivinjari hiki na WhatsApp ili uendelee na mazungumzo haya kwenye simu yako.",
    expired: "Msimbo umeisha muda. Hakuna kilichounganishwa.",
    show: "Onyesha msimbo wangu",
    showNew: "Onyesha msimbo mpya",
    here: "Fungua WhatsApp kwenye kifaa hiki",
    otherWay: "Au {byNumber:pata msimbo kwa WhatsApp} na uuandike hapa.",
    picture: "Msimbo wa QR unaofungua WhatsApp na ujumbe LINK {code}",
    steps: ["1. Fungua WhatsApp", "2. Tuma ujumbe"],
    open: "Fungua WhatsApp",
    openAbout: "Ujumbe wenye msimbo wako uko tayari huko.",
    sendAbout: "Usibadilishe msimbo. Ukurasa huu utaendelea wenyewe.",
    elsewhere: "WhatsApp iko kwenye simu nyingine",
    scanElsewhere: "Changanua hii kwa kamera ya simu hiyo.",
    scan: "Changanua hii kwa kamera ya simu yako",
    scanAbout:
      "WhatsApp inafunguka na ujumbe. Utume kama ulivyo, na ukurasa huu utaendelea wenyewe.",
    byHand: "Huna kamera? Andika hii kwa {number}:",
    waiting:
      "Inasubiri ujumbe wako. Ukurasa huu unaangalia kila baada ya sekunde chache. {look:Angalia sasa}",
    renew: "Msimbo mpya",
  },
  byNumber: {
    enterCode: "Andika msimbo",
    sent: {
      one:
        "Ikiwa {phone} ilituandikia katika saa 24 zilizopita, sasa ina msimbo unaofanya kazi kwa dakika # zaidi. Hakuna kilichofika? Tutumie kwanza ujumbe wowote kwenye WhatsApp kisha uombe tena, au {scan:changanua msimbo wa QR}: njia hiyo hufanya kazi daima.",
      other:
        "Ikiwa {phone} ilituandikia katika saa 24 zilizopita, sasa ina msimbo unaofanya kazi kwa dakika # zaidi. Hakuna kilichofika? Tutumie kwanza ujumbe wowote kwenye WhatsApp kisha uombe tena, au {scan:changanua msimbo wa QR}: njia hiyo hufanya kazi daima.",
    },
    code: "Msimbo ulio kwenye ujumbe",
    link: "Unganisha",
    title: "Pata msimbo kwa WhatsApp",
    titleAgain: "Namba nyingine, au msimbo mpya",
    about:
      "Tunatuma msimbo kwenye simu yako ikiwa ilituandikia katika saa 24 zilizopita: WhatsApp hairuhusu vingine. Kama sivyo, tutumie kwanza ujumbe wowote, au {scan:changanua msimbo wa QR}.",
    phone: "Namba yako ya WhatsApp, pamoja na msimbo wa nchi",
    send: "Nitumie msimbo",
    back: "Rudi",
    answer:
      "Ikiwa namba hii ilituandikia katika saa 24 zilizopita, sasa ina msimbo. Ikiwa hakuna kilichofika, tutumie kwanza ujumbe wowote kwenye WhatsApp, au tutumie msimbo kutoka kwenye simu.",
  },
  linked: {
    since: "Imeunganishwa na {phone} tangu {time}. Andika tu, hapa au huko.",
    silent: {
      stopped:
        "Sasa hakuna kinachotumwa huko, kwa sababu STOP ilitumwa kwenye simu. START huendeleza.",
      window:
        "Sasa hakuna kinachotumwa huko, kwa sababu hukuandika kwenye WhatsApp kwa saa 24. Ujumbe wowote huendeleza.",
    },
    mirror: "Nini cha ukurasa huu kiende WhatsApp?",
    choices: {
      reply: ["Jibu", "{cost} kwa kila ujumbe wako hapa"],
      both: ["Swali langu na jibu", "{cost} kwa kila ujumbe wako hapa"],
      off: ["Hakuna", "bila gharama; unachoandika kwenye WhatsApp bado hujibiwa huko"],
    },
    about:
      "Jibu refu ni jumbe kadhaa. Hakuna kinachotumwa ikiwa hukuandika kwenye WhatsApp kwa saa 24, au ulituma STOP huko.",
    save: "Hifadhi",
    unlinkTitle: "Maliza muunganisho",
    unlinkAbout:
      "Yaliyosemwa yanabaki kwenye ukurasa huu. Simu inajulishwa, na mazungumzo yake ya awali yanarudi.",
    unlink: "Tenganisha",
  },
  about: {
    title: "Maana ya kuunganisha",
    points: [
      "Mazungumzo ni yaleyale hapa na kwenye WhatsApp, kwa kila zana.",
      "Yeyote mwenye simu au anayetumia kivinjari hiki anaweza kuyasoma na kuyaendeleza.",
      "Mazungumzo ya awali ya simu yako yanabaki kando na hurudi ukitenganisha.",
      "Jumbe hupitia Meta na Twilio. Ukurasa huu unaonyesha tarakimu za mwisho tu za namba yako.",
    ],
    cost:
      "Wewe hulipi chochote. Kila ujumbe hugharimu shirika {cost}. Andika TENGANISHA kwenye simu kumaliza; yaliyosemwa yanabaki hapa.",
  },
};
