import type { Language } from "../../shared/languages.ts";

/** Texts of the page where people choose language and theme. */
interface SettingsTexts {
  readonly title: string;
  readonly saved: string;
  readonly language: string;
  readonly languageAbout: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"automatic" | "light" | "dark", string>>;
  readonly voice: string;
  readonly aloud: string;
  readonly save: string;
}

export const OWN_SETTINGS: Readonly<Record<Language, SettingsTexts>> = {
  en: {
    title: "Language and theme",
    saved: "Saved.",
    language: "Language",
    languageAbout: "Tools answer in the language you write or speak.",
    theme: "Theme",
    themes: { automatic: "Automatic", light: "Light", dark: "Dark" },
    voice: "Voice",
    aloud: "Read answers aloud when I spoke",
    save: "Save",
  },
  es: {
    title: "Idioma y aspecto",
    saved: "Guardado.",
    language: "Idioma",
    languageAbout: "Las herramientas responden en el idioma en que usted escribe o habla.",
    theme: "Aspecto",
    themes: { automatic: "Automático", light: "Claro", dark: "Oscuro" },
    voice: "Voz",
    aloud: "Leer las respuestas en voz alta cuando hablo",
    save: "Guardar",
  },
  fr: {
    title: "Langue et thème",
    saved: "Enregistré.",
    language: "Langue",
    languageAbout: "Les outils répondent dans la langue que vous écrivez ou parlez.",
    theme: "Thème",
    themes: { automatic: "Automatique", light: "Clair", dark: "Sombre" },
    voice: "Voix",
    aloud: "Lire les réponses à voix haute quand je parle",
    save: "Enregistrer",
  },
  pt: {
    title: "Língua e tema",
    saved: "Guardado.",
    language: "Língua",
    languageAbout: "As ferramentas respondem na língua em que escrever ou falar.",
    theme: "Tema",
    themes: { automatic: "Automático", light: "Claro", dark: "Escuro" },
    voice: "Voz",
    aloud: "Ler as respostas em voz alta quando falo",
    save: "Guardar",
  },
  sw: {
    title: "Lugha na mwonekano",
    saved: "Imehifadhiwa.",
    language: "Lugha",
    languageAbout: "Zana hujibu kwa lugha unayoandika au kuzungumza.",
    theme: "Mwonekano",
    themes: { automatic: "Otomatiki", light: "Mwanga", dark: "Giza" },
    voice: "Sauti",
    aloud: "Soma majibu kwa sauti ninapozungumza",
    save: "Hifadhi",
  },
  id: {
    title: "Bahasa dan tema",
    saved: "Tersimpan.",
    language: "Bahasa",
    languageAbout: "Alat menjawab dalam bahasa yang Anda tulis atau ucapkan.",
    theme: "Tema",
    themes: { automatic: "Otomatis", light: "Terang", dark: "Gelap" },
    voice: "Suara",
    aloud: "Bacakan jawaban bila saya berbicara",
    save: "Simpan",
  },
  ar: {
    title: "اللغة والمظهر",
    saved: "حُفظ.",
    language: "اللغة",
    languageAbout: "تجيب الأدوات باللغة التي تكتب أو تتكلم بها.",
    theme: "المظهر",
    themes: { automatic: "تلقائي", light: "فاتح", dark: "داكن" },
    voice: "الصوت",
    aloud: "قراءة الإجابات بصوت عالٍ عندما أتكلم",
    save: "حفظ",
  },
  hi: {
    title: "भाषा और रूप",
    saved: "सहेजा गया।",
    language: "भाषा",
    languageAbout: "टूल उसी भाषा में जवाब देते हैं जिसमें आप लिखते या बोलते हैं।",
    theme: "रूप",
    themes: { automatic: "अपने आप", light: "हल्का", dark: "गहरा" },
    voice: "आवाज़",
    aloud: "जब मैं बोलूँ तो जवाब पढ़कर सुनाएँ",
    save: "सहेजें",
  },
};
