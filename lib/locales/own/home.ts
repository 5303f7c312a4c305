import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";

/** Texts of the home page about a person's own conversations and tools. */
export interface OwnHomeTexts {
  readonly recent: string;
  readonly all: string;
  readonly favourites: string;
  /** Label of the star, which is pressed for a favourite. */
  readonly star: Text<"tool">;
  /** States of a conversation. */
  readonly writing: string;
  readonly ready: string;
  readonly draft: string;
  readonly recording: string;
  /** Messages of this device that wait for the network. */
  readonly waiting: Forms;
}

export const OWN_HOME: Readonly<Record<Language, OwnHomeTexts>> = {
  en: {
    recent: "Continue where you were",
    all: "All conversations",
    favourites: "Favourites",
    star: "Favourite: {tool}",
    writing: "answer on its way",
    ready: "answer ready",
    draft: "draft saved",
    recording: "recording not sent",
    waiting: { one: "# message waiting", other: "# messages waiting" },
  },
  es: {
    recent: "Continúe donde estaba",
    all: "Todas las conversaciones",
    favourites: "Favoritas",
    star: "Favorita: {tool}",
    writing: "respuesta en camino",
    ready: "respuesta lista",
    draft: "borrador guardado",
    recording: "grabación sin enviar",
    waiting: {
      one: "# mensaje en espera",
      many: "# mensajes en espera",
      other: "# mensajes en espera",
    },
  },
  fr: {
    recent: "Reprendre où vous en étiez",
    all: "Toutes les conversations",
    favourites: "Favoris",
    star: "Favori : {tool}",
    writing: "réponse en cours",
    ready: "réponse prête",
    draft: "brouillon enregistré",
    recording: "enregistrement non envoyé",
    waiting: {
      one: "# message en attente",
      many: "# messages en attente",
      other: "# messages en attente",
    },
  },
  pt: {
    recent: "Continuar onde estava",
    all: "Todas as conversas",
    favourites: "Favoritas",
    star: "Favorita: {tool}",
    writing: "resposta a caminho",
    ready: "resposta pronta",
    draft: "rascunho guardado",
    recording: "gravação por enviar",
    waiting: {
      one: "# mensagem à espera",
      many: "# mensagens à espera",
      other: "# mensagens à espera",
    },
  },
  sw: {
    recent: "Endelea ulipoishia",
    all: "Mazungumzo yote",
    favourites: "Vipendwa",
    star: "Kipendwa: {tool}",
    writing: "jibu linakuja",
    ready: "jibu liko tayari",
    draft: "rasimu imehifadhiwa",
    recording: "rekodi haijatumwa",
    waiting: { one: "ujumbe # unasubiri", other: "jumbe # zinasubiri" },
  },
  id: {
    recent: "Lanjutkan yang terakhir",
    all: "Semua percakapan",
    favourites: "Favorit",
    star: "Favorit: {tool}",
    writing: "jawaban sedang ditulis",
    ready: "jawaban siap",
    draft: "draf tersimpan",
    recording: "rekaman belum terkirim",
    waiting: { other: "# pesan menunggu" },
  },
  ar: {
    recent: "تابع من حيث توقفت",
    all: "كل المحادثات",
    favourites: "المفضلة",
    star: "مفضلة: {tool}",
    writing: "الإجابة في الطريق",
    ready: "الإجابة جاهزة",
    draft: "مسودة محفوظة",
    recording: "تسجيل لم يُرسل",
    waiting: {
      zero: "# رسالة تنتظر",
      one: "رسالة واحدة تنتظر",
      two: "رسالتان تنتظران",
      few: "# رسائل تنتظر",
      many: "# رسالة تنتظر",
      other: "# رسالة تنتظر",
    },
  },
  hi: {
    recent: "जहाँ छोड़ा था, वहाँ से जारी रखें",
    all: "सारी बातचीत",
    favourites: "पसंदीदा",
    star: "पसंदीदा: {tool}",
    writing: "जवाब आ रहा है",
    ready: "जवाब तैयार है",
    draft: "मसौदा सहेजा गया",
    recording: "रिकॉर्डिंग भेजी नहीं गई",
    waiting: { one: "# संदेश रुका है", other: "# संदेश रुके हैं" },
  },
};
