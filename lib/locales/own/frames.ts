import type { Language } from "../../shared/languages.ts";

/** Texts around the pages about a person's own conversations and data. */
interface OwnFrame {
  /** Links in the bar and at the foot. */
  readonly conversations: string;
  readonly help: string;
  readonly myData: string;
  readonly home: string;
}

export const OWN_FRAMES: Readonly<Record<Language, OwnFrame>> = {
  en: { conversations: "Conversations", help: "Help", myData: "My data", home: "All tools" },
  es: {
    conversations: "Conversaciones",
    help: "Ayuda",
    myData: "Mis datos",
    home: "Todas las herramientas",
  },
  fr: {
    conversations: "Conversations",
    help: "Aide",
    myData: "Mes données",
    home: "Tous les outils",
  },
  pt: {
    conversations: "Conversas",
    help: "Ajuda",
    myData: "Os meus dados",
    home: "Todas as ferramentas",
  },
  sw: { conversations: "Mazungumzo", help: "Msaada", myData: "Data yangu", home: "Zana zote" },
  id: { conversations: "Percakapan", help: "Bantuan", myData: "Data saya", home: "Semua alat" },
  ar: { conversations: "المحادثات", help: "المساعدة", myData: "بياناتي", home: "كل الأدوات" },
  hi: { conversations: "बातचीत", help: "मदद", myData: "मेरा डेटा", home: "सभी टूल" },
};
