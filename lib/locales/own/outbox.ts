import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";

/** Texts of messages that wait on the device. */
export interface OutboxTexts {
  readonly network: string;
  /** Why it waits, with a limit of messages in a time. */
  readonly limited: string;
  readonly timed: Text<"time">;
  readonly discard: string;
}

export const OUTBOX_TEXTS: Readonly<Record<Language, OutboxTexts>> = {
  en: {
    network: "Waiting for the network",
    limited: "Many messages in a short time.",
    timed: "Yours goes out by itself at {time}.",
    discard: "Do not send",
  },
  es: {
    network: "Esperando conexión",
    limited: "Muchos mensajes en poco tiempo.",
    timed: "El suyo se enviará solo a las {time}.",
    discard: "No enviar",
  },
  fr: {
    network: "En attente du réseau",
    limited: "Beaucoup de messages en peu de temps.",
    timed: "Le vôtre partira tout seul à {time}.",
    discard: "Ne pas envoyer",
  },
  pt: {
    network: "À espera da rede",
    limited: "Muitas mensagens em pouco tempo.",
    timed: "A sua será enviada sozinha às {time}.",
    discard: "Não enviar",
  },
  sw: {
    network: "Inasubiri mtandao",
    limited: "Ujumbe mwingi kwa muda mfupi.",
    timed: "Wako utatumwa wenyewe saa {time}.",
    discard: "Usitume",
  },
  id: {
    network: "Menunggu jaringan",
    limited: "Banyak pesan dalam waktu singkat.",
    timed: "Pesan Anda terkirim sendiri pada {time}.",
    discard: "Jangan kirim",
  },
  ar: {
    network: "في انتظار الشبكة",
    limited: "رسائل كثيرة في وقت قصير.",
    timed: "ستُرسل رسالتك من نفسها الساعة {time}.",
    discard: "لا تُرسل",
  },
  hi: {
    network: "नेटवर्क का इंतज़ार",
    limited: "थोड़े समय में बहुत संदेश आए।",
    timed: "आपका संदेश {time} पर अपने आप जाएगा।",
    discard: "न भेजें",
  },
};
