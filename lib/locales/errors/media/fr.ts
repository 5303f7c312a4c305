import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Envoyez-la en JPEG ou PNG.";

export const FRENCH_MEDIA: MediaErrors = {
  "picture.animated": "Les images animées ne peuvent pas être lues. Envoyez une image fixe.",
  "picture.damaged": "Cette image est abîmée ou incomplète. Choisissez-en une autre.",
  "picture.format": ({ format }) => `Les images ${format} ne peuvent pas être lues. ${ANOTHER}`,
  "picture.gone": "Cette image n’est plus disponible.",
  "picture.heic":
    "Les images HEIC ne peuvent pas être lues. Partagez-la en JPEG, ou faites-en une capture d’écran et envoyez-la.",
  "picture.implausible":
    "Le contenu de cette image ne va pas avec sa taille. Choisissez-en une autre.",
  "picture.no_room":
    "Il n’y a plus de place pour des images ici pour l’instant. L’organisation qui gère cette page peut en faire. Votre texte peut partir sans elle.",
  "picture.not_seen": "Le modèle de cet outil ne peut pas voir d’images.",
  "picture.quota": ({ megabytes }) =>
    `Vos images et enregistrements peuvent occuper ${megabytes} Mo en tout. Supprimez une conversation qui en contient, puis renvoyez-la.`,
  "picture.together": ({ megabytes }) =>
    `Les images d’un message peuvent occuper ${megabytes} Mo en tout. Envoyez-en moins ou de plus petites.`,
  "picture.too_large": ({ megabytes }) =>
    `Cette image est trop grande : ${megabytes} Mo au plus sont acceptés. Envoyez-en une plus petite.`,
  "picture.too_many": ({ most }) => `Un message peut avoir ${most} images au plus.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `Cette image est trop grande : ${width} × ${height} pixels, plus de ${
      most / 1_000_000
    } millions. Envoyez-en une plus petite.`,
  "picture.too_wide": ({ width, height, most }) =>
    `Cette image est trop grande : ${width} × ${height} pixels. ${most} au plus par côté sont acceptés.`,
  "picture.trailing":
    "Ce fichier contient plus qu’une image. Faites une capture d’écran de l’image et envoyez-la.",
  "picture.unknown": `Ce type d’image ne peut pas être lu. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `Ce fichier se dit d’un autre type d’image qu’il n’est (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "Le modèle de cet outil ne peut pas écouter cet enregistrement, et il n’a pas été transcrit. Écrivez votre message ou enregistrez-le de nouveau.",
  "audio.unpriced": ({ model }) =>
    `Rien n’a été envoyé : aucun prix du son n’est connu pour le modèle « ${model} ». Un administrateur peut l’ajouter aux prix.`,
  "sound.no_room":
    "Il n’y a plus de place pour des enregistrements ici pour l’instant. L’organisation qui gère cette page peut en faire. Vous pouvez écrire votre message.",
  "sound.quota": ({ megabytes }) =>
    `Vos enregistrements et images peuvent occuper ${megabytes} Mo en tout. Retirez-en un, supprimez une conversation qui en contient, ou réessayez demain.`,
  "sound.too_large": ({ megabytes }) => `Un enregistrement peut occuper ${megabytes} Mo au plus.`,
  "sound.too_long": ({ minutes }) => `Un enregistrement peut durer ${minutes} minutes au plus.`,
  "sound.unreadable":
    "Ce type d’enregistrement ne peut pas être mis par écrit. Envoyez-le en MP3, M4A, Ogg ou WebM.",
  "upload.gone": "Cet enregistrement n’est plus ici. Enregistrez-le de nouveau.",
  "upload.header": ({ field }) =>
    `La demande doit avoir le champ \`${field}\` avec un nombre entier.`,
  "upload.offset": ({ offset }) => `Le morceau suivant commence à l’octet ${offset}.`,
  "upload.piece": ({ most }) =>
    `Un morceau a de ${
      formatCount(1_000, "fr")
    } à ${most} octets, le dernier ce qui reste du fichier.`,
  "voice.failed": "L’enregistrement n’a pas pu être mis par écrit. Il est gardé. Réessayez.",
  "voice.under_way": "Cet enregistrement est en train d’être mis par écrit.",
};
