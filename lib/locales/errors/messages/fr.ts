import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { FRENCH_COMPOSER } from "../../page/chat/fr.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { FRENCH_MEDIA } from "../media/fr.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = FRENCH_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "au plus les identifiants de quatre images et d’un enregistrement",
  chatAction: "send, edit, regenerate ou continue",
  linkCode: "le code du message",
  linkCodeBody: "un objet avec code",
  messageNumber: "le numéro d’un message",
  messageText: "le texte manque",
  object: "un objet",
  phone: "un numéro de téléphone",
  requestId: "de 16 à 64 lettres, chiffres, - ou _",
  toolId: "minuscules, chiffres et traits d’union, 64 au plus",
  turnBody: "un objet avec toolId et message",
};

const TOO_MANY = {
  messages: "Beaucoup de messages",
  codes: "Beaucoup de codes",
  recordings: "Beaucoup d’enregistrements",
} as const;

export const FRENCH_ERRORS: ErrorTexts = {
  titles: {
    invalid: "La demande n’est pas correcte",
    denied: "Ce n’est pas permis",
    missing: "Il n’y a rien ici",
    conflict: "Cela ne va pas avec ce qui est là",
    too_large: "C’est trop grand",
    too_slow: "La demande a pris trop de temps",
    wrong_type: "Ce type de contenu n’est pas accepté",
    wrong_host: "Cette adresse n’est pas servie ici",
    unauthenticated: "Il faut une clé",
    limited: "Trop de demandes",
    over_budget: "Le budget d’aujourd’hui est épuisé",
    over_share: "Votre part d’aujourd’hui est épuisée",
    unavailable: "Indisponible pour l’instant",
    upstream: "Un service nécessaire n’a pas répondu",
  },
  internal: {
    title: "Quelque chose n’a pas marché ici",
    detail: "L’erreur est notée. Réessayez dans un instant.",
  },
  wrongMethod: "Cette adresse n’accepte pas ce type de demande.",
  errors: {
    ...FRENCH_MEDIA,
    "address.malformed": "L’adresse contient un % qui ne représente aucun caractère.",
    "budget.held": "Ce qui reste du budget d’aujourd’hui est réservé à des réponses en cours.",
    "budget.message_too_long":
      "Ce message est trop long pour ce qui reste du budget d’aujourd’hui. Écrivez-en un plus court.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `Cet outil a atteint la limite de ce mois. Il rouvre le ${
        dayAndMonth(opensAt, "fr", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `Cet outil a atteint la limite d’aujourd’hui. ${
        sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)
      }`,
    "conversation.changed": "La conversation a changé : ce message n’y est plus.",
    "conversation.gone": "Cette conversation n’existe plus.",
    "conversation.too_many_versions":
      "Cette conversation a trop de versions. Commencez-en une nouvelle pour continuer.",
    "conversation.version_gone": "Cette version n’existe plus.",
    "note.gone": "Cette note n’existe plus.",
    "device.code_over":
      "Ce code n’est plus valable. Affichez-en un nouveau sur le premier appareil.",
    "device.same": "C’est l’appareil qui affiche le code. Ouvrez l’adresse sur un autre.",
    "device.ended": "Cet appareil a été terminé depuis un autre. Rechargez la page.",
    "device.not_first": "Les appareils se gèrent sur le premier.",
    "device.too_many": ({ most }) => `${most} appareils au plus. Terminez-en un d’abord.`,
    "share.off": "Le partage est désactivé ici.",
    "share.ended": "Ce lien a pris fin. Demandez-en un nouveau.",
    "share.too_many": ({ most }) =>
      `Une conversation peut avoir ${most} liens. Arrêtez-en un d’abord.`,
    "metrics.token_needed": "Les mesures ne sont données qu’aux administrateurs et avec le jeton.",
    "cost.token_needed": "Les coûts ne sont donnés qu’aux administrateurs et avec le jeton.",
    "cost.tool_id": "Impossible de donner le coût : `toolId` n’est celui d’aucun outil.",
    "host.unknown":
      "Ce serveur n’est pas connu sous ce nom. Qui l’exploite peut ajouter le nom à ALLOWED_HOSTS.",
    "host.unreadable": "La demande ne nomme aucun serveur compréhensible.",
    "link.code_expired": "Ce code a expiré. Demandez-en un nouveau.",
    "link.code_wrong":
      "Ce code n’est pas correct. Regardez encore le message, ou demandez un nouveau code.",
    "link.invalid": ({ field, takes }) =>
      `Liaison impossible : \`${field}\` accepte ${TAKES[takes]}.`,
    "link.phone":
      "Ce n’est pas un numéro de téléphone. Écrivez-le avec l’indicatif du pays, comme +41 79 123 45 67.",
    "message.empty": "Le message est vide. Écrivez d’abord quelque chose.",
    "message.invalid": ({ field, takes }) =>
      `Le message ne peut pas être pris : \`${field}\` : ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "fr"), longest: formatCount(longest, "fr") }),
    "mirror.missing": "Choisissez ce qui va à WhatsApp.",
    "model.ended": () =>
      "Cet outil ne peut pas répondre : son modèle d’IA n’existe plus. L’organisation qui gère cette page est prévenue. Utilisez un autre outil.",
    "model.unpriced": ({ model }) =>
      `Rien n’a été envoyé : aucun prix n’est connu pour le modèle « ${model} ». Un administrateur peut l’ajouter aux prix.`,
    "page.outdated": "Cette page n’est plus à jour. Rechargez-la.",
    "rate.limited": ({ things, waitMs }) =>
      `${TOO_MANY[things]} en peu de temps. Vous pourrez continuer ${
        secondsUntil(Math.ceil(waitMs / 1000), "fr")
      }.`,
    "rating.missing": "La réponse ne peut pas être évaluée : il manque `up`, `down` ou `none`.",
    "rating.outdated":
      "La réponse ne peut pas être évaluée : sa page n’est plus à jour. Rechargez-la.",
    "reply.gone": "Cette réponse n’est plus dans votre conversation.",
    "request.broken": "La demande n’a pas pu être lue jusqu’au bout.",
    "request.form": "Le formulaire est arrivé sous une forme qui n’est pas comprise ici.",
    "request.late": "La demande n’est pas arrivée à temps. Réessayez.",
    "request.name_too_long": "Un nom dans cette demande est trop long.",
    "request.no_json": "La demande n’est pas du JSON valide.",
    "request.no_text": "La demande n’a pas pu être lue jusqu’au bout comme texte UTF-8.",
    "request.not_json_type": "Seul le JSON est accepté ici (content-type: application/json).",
    "request.too_large": ({ bytes }) =>
      `Le message est trop long : ${bytes / 1024} Kio au plus sont acceptés.`,
    "server.busy": "Le serveur est occupé par de nombreuses demandes. Réessayez.",
    "server.restarting": "Le serveur redémarre. Réessayez dans quelques secondes.",
    "share.held": "Ce qui reste de votre part d’aujourd’hui est réservé à des réponses en cours.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "Vous avez utilisé votre part de ce mois."
          : "Les nouvelles visites de votre réseau ont utilisé leur part de ce mois."
      } Vous pourrez envoyer de nouveau le ${dayAndMonth(opensAt, "fr", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "Vous avez utilisé votre part d’aujourd’hui."
          : "Les nouvelles visites de votre réseau ont utilisé leur part d’aujourd’hui."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing":
      "Rien ne peut être enregistré ou lu pour l’instant. Réessayez dans une minute.",
    "store.too_large": "C’est trop grand pour être enregistré.",
    "token.wrong": "Ce jeton n’est pas le bon.",
    "tool.gone": "Cet outil n’est plus disponible.",
    "turn.asked_elsewhere":
      "Ce message a déjà été envoyé à un autre outil. Envoyez-le ici comme un nouveau message.",
    "turn.busy":
      "Une réponse est encore en cours d’écriture dans cette conversation. Attendez la fin, ou arrêtez-la.",
    "turn.not_stopped":
      "La réponse en cours n’a pas pu être arrêtée à temps. Réessayez dans un instant.",
    "voice.no_transcriber": "Les messages vocaux ne peuvent pas être mis par écrit ici.",
    "voice.unpriced": ({ model }) =>
      `Rien n’a été envoyé : aucun prix n’est connu pour une minute de « ${model} ». Un administrateur peut l’ajouter aux prix.`,
    "whatsapp.not_offered": "WhatsApp n’est pas proposé ici.",
    "whatsapp.not_twilio": "Cette demande ne vient pas de Twilio.",
    "whatsapp.off": "WhatsApp est désactivé.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} n’est pas proposé sur WhatsApp.`,
  },
};
