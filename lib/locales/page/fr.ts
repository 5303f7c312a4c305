import { FRENCH_CHAT, FRENCH_COMPOSER, FRENCH_METER, FRENCH_TURN } from "./chat/fr.ts";
import { FRENCH_LINK } from "./link/fr.ts";
import { FRENCH_PICTURES } from "./pictures/fr.ts";
import type { PageTexts } from "./texts.ts";
import { FRENCH_VOICE } from "./voice/fr.ts";

export const FRENCH_PAGES: PageTexts = {
  language: "fr",
  frame: {
    description: "Des outils d’IA avec qui discuter, ici et sur WhatsApp.",
    skip: "Aller au contenu",
    notice: "L’IA peut se tromper.",
    kept: {
      one: "Les conversations sont conservées # jour.",
      many: "Les conversations sont conservées # jours.",
      other: "Les conversations sont conservées # jours.",
    },
    keptWithSound: {
      one: "Les conversations et les enregistrements sont conservés # jour.",
      many: "Les conversations et les enregistrements sont conservés # jours.",
      other: "Les conversations et les enregistrements sont conservés # jours.",
    },
    backTo: "Retour à {name}",
    demoName: "Avis",
    demo: "{mode:Mode démo :} les réponses sont inventées.",
  },
  home: {
    title: "Sur quoi travaillez-vous ?",
    search: "Chercher un outil",
    tools: "Outils",
    otherTools: "Autres outils",
    noneFound: "Aucun outil pour « {query} ».",
    found: {
      one: "# outil pour « {query} ».",
      many: "# outils pour « {query} ».",
      other: "# outils pour « {query} ».",
    },
    showAll: "Afficher tous les outils",
    empty: "Pas encore d’outils.",
    emptyText: "Dès que {organisation} en ajoute un, il apparaît ici.",
  },
  chat: FRENCH_CHAT,
  turn: FRENCH_TURN,
  composer: FRENCH_COMPOSER,
  pictures: FRENCH_PICTURES,
  voice: FRENCH_VOICE,
  meter: FRENCH_METER,
  removal: {
    title: "Supprimer cette conversation ?",
    empty: "Il n’y a rien à supprimer : la conversation est vide.",
    forGood: "C’est définitif.",
    lost: {
      one:
        "Un message est supprimé maintenant, avec vos évaluations. Seul le coût est conservé, pas le texte.",
      many:
        "# messages sont supprimés maintenant, avec vos évaluations. Seul le coût est conservé, pas le texte.",
      other:
        "# messages sont supprimés maintenant, avec vos évaluations. Seul le coût est conservé, pas le texte.",
    },
    confirm: "Supprimer la conversation",
    cancel: "Annuler",
  },
  dataExport: {
    title: "Vos données",
    about:
      "Toutes vos conversations en un fichier texte. Gardez-le là où vous seul pouvez le lire.",
    download: "Télécharger",
    expired:
      "Cette adresse a expiré. Envoyez {command:EXPORTER} sur WhatsApp pour en recevoir une autre.",
  },
  reason: {
    title: "Dire pourquoi",
    question: "Qu’est-ce qui ne va pas dans cette réponse ?",
    field: "En une phrase, si vous voulez. Cela aide celles et ceux qui s’occupent de {tool}.",
    send: "Envoyer",
    back: "Retour",
  },
  link: FRENCH_LINK,
  linkWait: { waiting: "En attente de votre message. Le code est valable jusqu’à {time}." },
  errorPage: {
    status: "Erreur {status}",
    errors: {
      400: {
        title: "Cela n’a pas marché",
        detail: "Une partie de la demande n’a pas été comprise.",
      },
      403: { title: "Accès refusé", detail: "Vous n’avez pas accès à cette page." },
      404: {
        title: "Page introuvable",
        detail: "Il n’y a rien à cette adresse. L’outil a peut-être été renommé ou retiré.",
      },
      409: {
        title: "Un instant",
        detail: "Une réponse est encore en cours d’écriture. Attendez ou arrêtez-la.",
      },
      413: {
        title: "Trop long",
        detail: "C’est plus que ce que la page accepte. Essayez un texte plus court.",
      },
      429: {
        title: "Un peu plus lentement, s’il vous plaît",
        detail: "Il y a eu trop de demandes en peu de temps.",
      },
      503: {
        title: "De retour dans un instant",
        detail:
          "Le service n’est pas disponible pour l’instant. Rien de ce qui est à vous n’est perdu.",
      },
      other: {
        title: "Quelque chose n’a pas marché",
        detail:
          "C’est notre faute, pas la vôtre. C’est noté, et rien de ce qui est à vous n’est perdu.",
      },
    },
    retrySeconds: {
      one: "Réessayez dans # seconde.",
      many: "Réessayez dans # secondes.",
      other: "Réessayez dans # secondes.",
    },
    retryMinutes: {
      one: "Réessayez dans # minute.",
      many: "Réessayez dans # minutes.",
      other: "Réessayez dans # minutes.",
    },
    reference: "Référence : {reference}",
    back: "Voir tous les outils",
  },
};
