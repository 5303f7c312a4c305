import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";

/** Texts for times without a network. */
interface OfflineTexts {
  readonly title: string;
  readonly about: string;
  readonly again: string;
  readonly onDevice: string;
  /** When a page was read. */
  readonly kept: Text<"time">;
  /** On a page that is shown as it was read. */
  readonly read: Text<"time">;
  readonly waiting: Forms;
}

export const OWN_OFFLINE: Readonly<Record<Language, OfflineTexts>> = {
  en: {
    title: "You are offline",
    about:
      "You can read what you opened last, write and record. It is sent when the network is back.",
    again: "Try again",
    onDevice: "On this device",
    kept: "Read: {time}",
    read: "This page is as you read it: {time}.",
    waiting: { one: "# message waiting", other: "# messages waiting" },
  },
  es: {
    title: "No hay conexión",
    about:
      "Puedes leer lo último que abriste, escribir y grabar. Se enviará cuando vuelva la conexión.",
    again: "Reintentar",
    onDevice: "En este dispositivo",
    kept: "Leído: {time}",
    read: "Esta página está como la leíste: {time}.",
    waiting: {
      one: "# mensaje en espera",
      many: "# mensajes en espera",
      other: "# mensajes en espera",
    },
  },
  fr: {
    title: "Vous êtes hors ligne",
    about:
      "Vous pouvez lire ce que vous avez ouvert en dernier, écrire et enregistrer. Tout partira au retour du réseau.",
    again: "Réessayer",
    onDevice: "Sur cet appareil",
    kept: "Lu : {time}",
    read: "Cette page est telle que vous l’avez lue : {time}.",
    waiting: {
      one: "# message en attente",
      many: "# messages en attente",
      other: "# messages en attente",
    },
  },
  pt: {
    title: "Sem ligação à rede",
    about:
      "Pode ler o que abriu por último, escrever e gravar. Tudo é enviado quando a rede voltar.",
    again: "Tentar de novo",
    onDevice: "Neste dispositivo",
    kept: "Lido: {time}",
    read: "Esta página está como a leu: {time}.",
    waiting: {
      one: "# mensagem à espera",
      many: "# mensagens à espera",
      other: "# mensagens à espera",
    },
  },
  sw: {
    title: "Hakuna mtandao",
    about: "Unaweza kusoma ulichofungua mwisho, kuandika na kurekodi. Vitatumwa mtandao ukirudi.",
    again: "Jaribu tena",
    onDevice: "Kwenye kifaa hiki",
    kept: "Ilisomwa: {time}",
    read: "Ukurasa huu uko kama ulivyousoma: {time}.",
    waiting: { one: "ujumbe # unasubiri", other: "ujumbe # unasubiri" },
  },
  id: {
    title: "Anda sedang luring",
    about:
      "Anda bisa membaca yang terakhir dibuka, menulis, dan merekam. Semua dikirim saat jaringan kembali.",
    again: "Coba lagi",
    onDevice: "Di perangkat ini",
    kept: "Dibaca: {time}",
    read: "Halaman ini seperti saat Anda baca: {time}.",
    waiting: { other: "# pesan menunggu" },
  },
  ar: {
    title: "أنت غير متصل بالشبكة",
    about: "يمكنك قراءة آخر ما فتحته والكتابة والتسجيل. يُرسل كل ذلك عند عودة الشبكة.",
    again: "أعد المحاولة",
    onDevice: "على هذا الجهاز",
    kept: "قُرئت: {time}",
    read: "هذه الصفحة كما قرأتها: {time}.",
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
    title: "आप ऑफ़लाइन हैं",
    about:
      "आपने जो पिछली बार खोला था उसे पढ़ सकते हैं, लिख और रिकॉर्ड कर सकते हैं। नेटवर्क लौटने पर सब भेजा जाएगा।",
    again: "फिर कोशिश करें",
    onDevice: "इस डिवाइस पर",
    kept: "पढ़ा गया: {time}",
    read: "यह पेज वैसा है जैसा आपने पढ़ा था: {time}।",
    waiting: { one: "# संदेश बाकी", other: "# संदेश बाकी" },
  },
};
