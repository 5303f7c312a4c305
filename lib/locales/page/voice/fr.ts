import type { VoiceTexts } from "./voice_texts.ts";

export const FRENCH_VOICE: VoiceTexts = {
  record: "Enregistrer un message vocal",
  placeholder: "Écrivez ou parlez",
  recorder: "Enregistrement",
  recording: "Enregistrement, {minutes} minutes au plus. Touchez la coche pour terminer.",
  paused: "L’enregistrement est en pause.",
  longest: "L’enregistrement a atteint sa durée maximale.",
  discard: "Abandonner",
  discarded: "L’enregistrement est abandonné.",
  pause: "Pause",
  resume: "Continuer l’enregistrement",
  finish: "Terminer",
  sending:
    "Envoi de votre enregistrement, {percent} %. Vous pouvez fermer cette page, l’envoi continuera plus tard.",
  sent: "Envoyé",
  waiting:
    "Votre enregistrement est conservé. Il part dès que le réseau revient, {percent} % sont arrivés.",
  writing: "Mise par écrit …",
  check: "Vérifiez et corrigez le texte. Puis envoyez-le.",
  play: "Écouter votre enregistrement",
  stop: "Arrêter l’écoute",
  remove: "Retirer l’enregistrement",
  atOnce: "Envoyer les messages vocaux aussitôt, sans vérifier le texte",
  keep: "Garder l’enregistrement avec le message",
  goesAlong: "Le modèle écoute aussi l’enregistrement.",
  marker: "(Message vocal, {time}, non transcrit)",
  notHeard: "On n’entend rien dans votre enregistrement.",
  notWritten: "Votre enregistrement n’a pas été mis par écrit.",
  tryAgain: "Réessayer",
  choose: "Choisir un enregistrement",
  refused: {
    blocked: [
      "Le micro est bloqué.",
      "Autorisez-le dans les réglages du navigateur, ou choisissez un enregistrement.",
    ],
    missing: ["Aucun micro n’a été trouvé.", "Branchez-en un, ou choisissez un enregistrement."],
    busy: [
      "Le micro ne peut pas être utilisé.",
      "Fermez les autres applications qui enregistrent, ou choisissez un enregistrement.",
    ],
    insecure: [
      "Cette page ne peut pas enregistrer.",
      "Les navigateurs n’enregistrent qu’aux adresses qui commencent par https. Vous pouvez choisir un enregistrement.",
    ],
    unsupported: [
      "Ce navigateur ne peut pas enregistrer.",
      "Vous pouvez choisir un enregistrement.",
    ],
  },
  form: { label: "Enregistrez, ou choisissez un enregistrement", send: "Mettre par écrit" },
};
