import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "Vous avez utilisé presque toute votre part d’aujourd’hui",
  address:
    "Les nouvelles visites de votre réseau ont utilisé presque toute leur part d’aujourd’hui",
  tool: "Le budget d’aujourd’hui de cet outil est presque épuisé",
};

export const FRENCH_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "La réponse était vide",
      detail:
        "Le service d’IA a terminé sans texte. Votre question est enregistrée. Réessayez, ou dites-le autrement.",
    },
    internal: {
      title: "Quelque chose n’a pas marché ici",
      detail:
        "Votre question est enregistrée. Réessayez ; si cela se reproduit, prévenez l’organisation qui gère cette page.",
    },
    interrupted: {
      title: "La réponse a été interrompue",
      detail:
        "Le serveur a redémarré pendant qu’il écrivait. Votre question est enregistrée. Réessayez.",
    },
    "provider-account-empty": {
      title: "Le compte du service d’IA est vide",
      detail:
        "L’organisation qui gère cette page doit y ajouter du crédit. Prévenez-la ; votre question reste enregistrée d’ici là.",
    },
    "provider-broken": {
      title: "La réponse s’est coupée",
      detail:
        "Le service d’IA a terminé la réponse trop tôt. Votre question et la réponse partielle sont enregistrées. Réessayez.",
    },
    "provider-busy": (seconds) => ({
      title: "Le service d’IA est occupé",
      detail:
        `Trop de demandes lui sont arrivées à la fois. Votre question est enregistrée. Réessayez ${
          seconds === null ? "dans un instant" : secondsUntil(seconds, "fr")
        }.`,
    }),
    "provider-down": {
      title: "Le service d’IA est injoignable",
      detail: "Votre question est enregistrée. Réessayez dans un instant.",
    },
    "provider-filtered": {
      title: "Le service d’IA ne répond pas à cela",
      detail: "Son filtre a arrêté la question ou la réponse. Dites-le autrement.",
    },
    "provider-only-thinking": {
      title: "Le modèle d’IA n’a fait que réfléchir",
      detail:
        "Il a passé toute la longueur d’une réponse à réfléchir. Demandez quelque chose de plus simple. L’organisation qui gère cette page peut permettre des réponses plus longues ou choisir un modèle qui réfléchit moins.",
    },
    "provider-refused": {
      title: "Le service d’IA a refusé la demande",
      detail:
        "L’organisation qui gère cette page doit revoir ses réglages. Votre question est enregistrée.",
    },
    "provider-timeout": {
      title: "Le service d’IA a pris trop de temps",
      detail:
        "Il a cessé de répondre. Votre question et la réponse partielle sont enregistrées. Réessayez.",
    },
    "provider-too-long": {
      title: "Cette conversation est trop longue pour le modèle d’IA",
      detail:
        "Commencez une nouvelle conversation et redemandez-y, ou demandez quelque chose de plus court.",
    },
    "provider-withdrawn": {
      title: "Le service d’IA a repris sa réponse",
      detail: "Posez votre question autrement.",
    },
    restored: {
      title: "La réponse n’a pas pu être enregistrée",
      detail:
        "Entre-temps, une copie antérieure de toutes les conversations a été remise en place. Rechargez la page et redemandez.",
    },
    store: {
      title: "La réponse n’a pas pu être enregistrée",
      detail: "Rien ne peut être enregistré ou lu pour l’instant. Réessayez dans une minute.",
    },
    unsaved: {
      title: "La réponse n’a pas pu être enregistrée",
      detail:
        "Ce que le service d’IA a écrit ne peut pas être enregistré. Votre question l’est. Réessayez, ou dites-le autrement.",
    },
  },
  reviewed:
    "Pour améliorer ces outils, des personnes de cette organisation peuvent lire cette conversation. N’écrivez rien qui doive rester privé.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]} ; un modèle moins cher répond.`,
    failed_over: () => "Un autre modèle a répondu, car le modèle habituel a échoué.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]} ; cette réponse reste courte.`,
    alert: ({ session }) =>
      `Cette conversation a coûté ${
        formatUsd(session, "fr")
      } jusqu’ici. Une nouvelle conversation coûte moins, car chaque message emporte moins de texte.`,
  },
};
