import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("fr");
const units = {
  minutes: (count: number) => counted(count, { one: "# minute", other: "# minutes" }),
  seconds: (count: number) => counted(count, { one: "# seconde", other: "# secondes" }),
  replies: (count: number) => counted(count, { one: "# réponse", other: "# réponses" }),
  messages: (count: number) => counted(count, { one: "# message", other: "# messages" }),
  characters: (count: number) => counted(count, { one: "# caractère", other: "# caractères" }),
};

const about = (usd: string | null) => usd === null ? "moins d’un cent" : `environ ${usd}`;

export const FRENCH: WhatsAppTexts = {
  welcome:
    "👋 Bonjour ! Ici, c’est une IA qui vous répond. Elle peut se tromper, et chaque message coûte un peu à cette organisation.\n\nEnvoyez *AIDE* pour savoir que faire, *LANGUE* pour changer de langue. Envoyez *STOP* et vous ne recevrez plus de messages.",
  menu: (page, current) =>
    menuLines("*En quoi puis-je vous aider ?* Envoyez un numéro.", page, {
      current: current === null ? null : `En cours : ${bold(current)}`,
      page: `Page ${page.page} sur ${page.pages}.`,
      more: "Envoyez *SUITE* pour la page suivante.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "Allez-y : que puis-je faire pour vous ? *MENU* montre tous les outils.",
  ambiguous: (items) => `Lequel voulez-vous ? Envoyez son numéro.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "Aucun outil n’est encore choisi." : `Vous parlez à ${bold(tool)}.`) + " " +
    "Écrivez simplement. Ou envoyez :\n\n*MENU* – tous les outils\n*NOUVEAU* – nouvelle conversation\n*COÛT* – ce que cela a coûté\n*LANGUE* – une autre langue\n*LINK* – continuer sur le web\n*DISSOCIER* – y mettre fin\n*MIROIR* – ce qui arrive ici depuis le web\n*VOIX* – réponses vocales\n*MÉMOIRE* – ce que les outils retiennent de vous\n*EXPORTER* – vos données\n*SUPPRIMER MES DONNÉES* – les supprimer\n*STOP* – plus de messages",
  noTools: "Rien n’est proposé sur WhatsApp pour le moment. Réessayez un autre jour.",
  pickFirst: "Choisissez d’abord en quoi je dois vous aider.",
  dataHandled: (tool) =>
    `Ce que vous écrivez à ${
      bold(tool)
    } va à un fournisseur d’IA et est conservé ici. N’envoyez rien de secret. *SUPPRIMER MES DONNÉES* l’efface.`,
  newStarted: (tool) =>
    `🆕 Nouvelle conversation avec ${bold(tool)}. Ce qui précède n’est plus utilisé.`,
  cost: ({ replies, conversation, today }) =>
    `💰 Cette conversation : ${conversation} (${
      units.replies(replies)
    }).\nAujourd’hui en tout : ${today}.`,
  exportSent: (messages) => `📄 Voici vos données (${units.messages(messages)}).`,
  exportLink: (address, minutes) =>
    `📄 Vos données, pendant ${units.minutes(minutes)} :\n${address}`,
  nothingToExport: "Il n’y a encore aucune donnée de vous à exporter.",
  deleteAsk:
    "⚠️ Supprimer définitivement vos conversations, ce que je retiens de vous et vos liens ? Envoyez *OUI* pour supprimer ou *NON* pour les garder.",
  deleteDone: "🗑️ Vos données sont supprimées. Écrivez quand vous voulez pour recommencer.",
  declined: "D’accord, rien n’a été changé.",
  optedOut: "Vous ne recevrez plus de messages de notre part. Envoyez *START* pour revenir.",
  optedIn: "Heureux de vous revoir ! Vous recevez de nouveau des messages. *STOP* les arrête.",
  languageList: (names) =>
    `Quelle langue ? Envoyez son numéro.\n${
      names.map((name, at) => `${at + 1}. ${name}`).join("\n")
    }`,
  languageChanged:
    "Je parle maintenant français ici. Vous pouvez écrire aux outils dans n’importe quelle langue.",
  linkDone:
    "🔗 C’est lié ! Cette discussion et la page web ne font plus qu’une conversation. *DISSOCIER* y met fin, *MIROIR* règle ce qui arrive ici.",
  linkFailed: "Ce code n’est pas bon. Vérifiez-le sur la page web ou demandez-en un nouveau.",
  linkExpired: "Ce code a expiré. Demandez-en un nouveau sur la page web.",
  linkBlocked: (minutes) => `Trop de codes erronés. Attendez ${units.minutes(minutes)}.`,
  linkHow:
    "Pour lier cette discussion au web : ouvrez-y un chat, choisissez « WhatsApp » et envoyez-moi ce qui s’affiche, par exemple *LINK* 2345-ABCD.",
  unlinkAsk: "Séparer cette discussion de la page web ? Envoyez *OUI* ou *NON*.",
  unlinked: "Cette discussion et la page web sont de nouveau séparées.",
  notLinked: "Cette discussion n’est pas liée au web. *LINK* explique comment faire.",
  linkCode: (code, minutes) =>
    `Votre code : ${code}\nSaisissez-le sur la page web sous ${
      units.minutes(minutes)
    }. Si vous ne l’avez pas demandé, ignorez ce message.`,
  mirror: (mirror, { reply, both }) =>
    `Depuis le web, vous recevez ici maintenant : *${
      { reply: "la réponse", both: "question et réponse", off: "rien" }[mirror]
    }*.\n\n` +
    `*MIROIR RÉPONSE* – la réponse (${
      about(reply)
    } chacune)\n*MIROIR TOUT* – question et réponse (${about(both)})\n*MIROIR RIEN* – rien`,
  voice: (mode, cost) =>
    `En plus du texte, vous recevez une note vocale : *${
      { spoken: "quand vous parlez", always: "toujours", never: "jamais" }[mode]
    }*.\n\n*VOIX SI JE PARLE* – quand vous envoyez un message vocal (${
      about(cost)
    } chacune)\n*VOIX TOUJOURS* – avec chaque réponse\n*VOIX JAMAIS* – texte seulement`,
  voiceNone:
    "Ici, les réponses ne sont pas lues à voix haute : aucun serveur vocal n’est configuré. Vous pouvez toujours envoyer des messages vocaux.",
  voiceCut: (words) =>
    `🔊 La note vocale s’arrête après « …${
      truncateLine(words, 200)
    } ». La suite est dans le texte ci-dessus.`,
  fromWeb: (question) => `💻 Vous, sur le web : ${truncateLine(question, 500)}`,
  limited: (seconds) =>
    `C’était très rapide. Attendez ${wait(seconds, units)}, puis écrivez de nouveau.`,
  overBudget: (resets) =>
    `Le budget du jour est épuisé. Je pourrai répondre à partir de : ${resets}.`,
  shareUsed: (resets) =>
    `Vous avez utilisé votre part du jour. Je pourrai vous répondre à partir de : ${resets}.`,
  mediaRefused:
    "Je lis le texte, les images et les messages vocaux, rien d’autre. Envoyez-le en texte, s’il vous plaît.",
  modelEnded:
    "Cet outil ne peut pas répondre maintenant : son modèle d’IA n’existe plus. Les responsables sont prévenus. *MENU* montre d’autres outils.",
  imagesNotSeen: "Cet outil ne voit pas les images. Décrivez-les avec des mots.",
  pictureNotRead:
    "Je ne peux pas lire cette image. Envoyez-la comme photo, en JPEG ou PNG, s’il vous plaît.",
  mediaTooLarge: (megabytes) => `C’est trop volumineux. Au plus ${megabytes} Mo, s’il vous plaît.`,
  voiceHeard: (transcript) => `🎤 « ${truncateLine(transcript, 1_000)} »`,
  recordingKept:
    "L’enregistrement reste avec cette conversation jusqu’à ce que vous la supprimiez.",
  voiceUnwritten: "Je n’ai pas pu transcrire ce message vocal. Le modèle l’écoute directement.",
  voiceMarker: (time) => `(Message vocal, ${time}, non transcrit)`,
  voiceFailed: "Je n’ai pas compris ce message vocal. Réessayez ou écrivez-le.",
  voiceTooLong: (minutes) =>
    `Ce message vocal est trop long. ${units.minutes(minutes)} au plus, s’il vous plaît.`,
  takenOver: "👤 Une personne vous répond désormais ; l’IA se tait.",
  handedBack: "🤖 L’IA vous répond de nouveau.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} ne peut pas aider ici pour cela. Son domaine : ${
      truncateLine(scope, 500)
    }\n*MENU* montre ce qu’il y a d’autre.`,
  failed: (retry) =>
    retry
      ? "Quelque chose a échoué, désolé. Renvoyez-le dans une minute."
      : "Désolé, je ne peux pas y répondre. Dites-le autrement ou envoyez *MENU*.",
  interrupted: "⚠️ _La réponse s’est arrêtée ici. Renvoyez votre message pour l’avoir entière._",
  otherModel: "_Un autre modèle a répondu._",
  propose: (tool) =>
    `Cela semble être pour ${bold(tool)}. Voulez-vous que je change d’outil ? *OUI* ou *NON*`,
  tooLong: (characters) =>
    `C’est trop long pour moi. Au plus ${units.characters(characters)}, s’il vous plaît.`,
  audioNotHeard:
    "Je ne peux pas écouter ce type d’enregistrement. Maintenez le micro ici dans WhatsApp et parlez, ou écrivez-le.",
  mediaGone:
    "Je n’ai pas pu ouvrir ce que vous avez envoyé. Renvoyez-le ou écrivez-le, s’il vous plaît.",
  reviewed:
    "Pour améliorer ces outils, des personnes de cette organisation peuvent désormais lire ce que vous écrivez ici. N’écrivez rien qui doive rester privé.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 Ce que les outils retiennent de vous, pendant 30 jours :",
      none: "🧠 Les outils n’ont aucune note sur vous.",
      off:
        "Vous l’avez désactivé : aucune note n’est écrite ni utilisée. *MÉMOIRE OUI* change cela.",
      how: "*MÉMOIRE NON* y met fin, *EFFACER LA MÉMOIRE* supprime les notes.",
    }),
  memoryOff:
    "🧠 Les outils n’écrivent et n’utilisent plus de notes sur vous. *MÉMOIRE OUI* change cela, *EFFACER LA MÉMOIRE* supprime celles qui existent.",
  memoryOn:
    "🧠 Les outils qui retiennent écrivent de nouveau de courtes notes de nos conversations. *MÉMOIRE* les montre.",
  memoryCleared: "🗑️ Les notes sur vous sont supprimées. Vos conversations restent.",
  remembers:
    "Cet outil garde de courtes notes de nos conversations pendant 30 jours. *MÉMOIRE* les montre, *MÉMOIRE NON* y met fin.",
};
