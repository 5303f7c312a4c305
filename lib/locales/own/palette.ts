import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";

/** Texts of the list of tools and conversations that opens over a page. */
export interface PaletteTexts {
  readonly title: string;
  readonly shortcut: string;
  readonly none: Text<"query">;
  /** What the keys do; the arrows and Enter stand before them. */
  readonly choose: string;
  readonly open: string;
  readonly close: string;
  /** Marks a conversation among the tools. */
  readonly conversation: string;
}

export const OWN_PALETTE: Readonly<Record<Language, PaletteTexts>> = {
  en: {
    title: "Find a tool or conversation",
    shortcut: "Ctrl K",
    none: "Nothing found for “{query}”.",
    choose: "choose",
    open: "open",
    close: "Close",
    conversation: "Conversation",
  },
  es: {
    title: "Buscar una herramienta o conversación",
    shortcut: "Ctrl K",
    none: "No se encontró nada para «{query}».",
    choose: "elegir",
    open: "abrir",
    close: "Cerrar",
    conversation: "Conversación",
  },
  fr: {
    title: "Chercher un outil ou une conversation",
    shortcut: "Ctrl K",
    none: "Rien trouvé pour « {query} ».",
    choose: "choisir",
    open: "ouvrir",
    close: "Fermer",
    conversation: "Conversation",
  },
  pt: {
    title: "Procurar uma ferramenta ou conversa",
    shortcut: "Ctrl K",
    none: "Nada encontrado para “{query}”.",
    choose: "escolher",
    open: "abrir",
    close: "Fechar",
    conversation: "Conversa",
  },
  sw: {
    title: "Tafuta zana au mazungumzo",
    shortcut: "Ctrl K",
    none: "Hakuna kilichopatikana kwa “{query}”.",
    choose: "chagua",
    open: "fungua",
    close: "Funga",
    conversation: "Mazungumzo",
  },
  id: {
    title: "Cari alat atau percakapan",
    shortcut: "Ctrl K",
    none: "Tidak ada yang ditemukan untuk “{query}”.",
    choose: "pilih",
    open: "buka",
    close: "Tutup",
    conversation: "Percakapan",
  },
  ar: {
    title: "ابحث عن أداة أو محادثة",
    shortcut: "Ctrl K",
    none: "لم يُعثر على شيء عن «{query}».",
    choose: "اختيار",
    open: "فتح",
    close: "إغلاق",
    conversation: "محادثة",
  },
  hi: {
    title: "टूल या बातचीत खोजें",
    shortcut: "Ctrl K",
    none: "“{query}” के लिए कुछ नहीं मिला।",
    choose: "चुनें",
    open: "खोलें",
    close: "बंद करें",
    conversation: "बातचीत",
  },
};
