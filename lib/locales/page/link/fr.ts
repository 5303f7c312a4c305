import type { LinkTexts } from "./link_texts.ts";

export const FRENCH_LINK: LinkTexts = {
  title: "Continuer sur WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "Le lien avec {phone} a pris fin le {time} : il a été terminé sur le téléphone.",
    replaced:
      "Le lien avec {phone} a pris fin le {time} : le téléphone a été lié à un autre navigateur.",
    seen: "D’accord",
  },
  code: {
    offer: "Liez ce navigateur à WhatsApp pour poursuivre cette conversation sur votre téléphone.",
    expired: "Le code a expiré. Rien n’a été lié.",
    show: "Afficher mon code",
    showNew: "Afficher un nouveau code",
    here: "Ouvrir WhatsApp sur cet appareil",
    otherWay: "Ou {byNumber:recevez un code par WhatsApp} et saisissez-le ici.",
    picture: "Code QR qui ouvre WhatsApp avec le message LINK {code}",
    steps: ["1. Ouvrez WhatsApp", "2. Envoyez le message"],
    open: "Ouvrir WhatsApp",
    openAbout: "Un message avec votre code y est prêt.",
    sendAbout: "Ne changez pas le code. Cette page continue d’elle-même.",
    elsewhere: "WhatsApp est sur un autre téléphone",
    scanElsewhere: "Scannez ceci avec l’appareil photo de ce téléphone.",
    scan: "Scannez ceci avec l’appareil photo de votre téléphone",
    scanAbout:
      "WhatsApp s’ouvre avec un message. Envoyez-le tel quel, et cette page continue d’elle-même.",
    byHand: "Pas d’appareil photo ? Écrivez ceci au {number} :",
    waiting:
      "En attente de votre message. Cette page vérifie toutes les quelques secondes. {look:Vérifier maintenant}",
    renew: "Nouveau code",
  },
  byNumber: {
    enterCode: "Saisissez le code",
    sent: {
      one:
        "Si {phone} nous a écrit dans les dernières 24 heures, il a maintenant un code valable encore # minute. Rien n’est arrivé ? Envoyez-nous d’abord un message quelconque sur WhatsApp et redemandez, ou {scan:scannez le code QR} : cela marche toujours.",
      many:
        "Si {phone} nous a écrit dans les dernières 24 heures, il a maintenant un code valable encore # minutes. Rien n’est arrivé ? Envoyez-nous d’abord un message quelconque sur WhatsApp et redemandez, ou {scan:scannez le code QR} : cela marche toujours.",
      other:
        "Si {phone} nous a écrit dans les dernières 24 heures, il a maintenant un code valable encore # minutes. Rien n’est arrivé ? Envoyez-nous d’abord un message quelconque sur WhatsApp et redemandez, ou {scan:scannez le code QR} : cela marche toujours.",
    },
    code: "Le code du message",
    link: "Lier",
    title: "Recevoir un code par WhatsApp",
    titleAgain: "Un autre numéro, ou un nouveau code",
    about:
      "Nous envoyons un code à votre téléphone s’il nous a écrit dans les dernières 24 heures : WhatsApp ne permet rien d’autre. Sinon, envoyez-nous d’abord un message quelconque, ou {scan:scannez le code QR}.",
    phone: "Votre numéro WhatsApp, avec l’indicatif du pays",
    send: "M’envoyer un code",
    back: "Retour",
    answer:
      "Si ce numéro nous a écrit dans les dernières 24 heures, il a maintenant un code. Si rien n’est arrivé, envoyez-nous d’abord un message quelconque sur WhatsApp, ou envoyez-nous un code depuis le téléphone.",
  },
  linked: {
    since: "Lié à {phone} depuis le {time}. Écrivez simplement, ici ou là-bas.",
    silent: {
      stopped:
        "Rien n’y est envoyé pour l’instant, car STOP a été envoyé sur le téléphone. START reprend l’envoi.",
      window:
        "Rien n’y est envoyé pour l’instant, car vous n’avez pas écrit sur WhatsApp depuis 24 heures. N’importe quel message reprend l’envoi.",
    },
    mirror: "Qu’est-ce qui va de cette page à WhatsApp ?",
    choices: {
      reply: ["La réponse", "{cost} pour chacun de vos messages ici"],
      both: ["Ma question et la réponse", "{cost} pour chacun de vos messages ici"],
      off: ["Rien", "sans coût ; ce que vous écrivez sur WhatsApp y reçoit quand même une réponse"],
    },
    about:
      "Une longue réponse fait plusieurs messages. Rien n’est envoyé si vous n’avez pas écrit sur WhatsApp depuis 24 heures, ou si vous y avez envoyé STOP.",
    save: "Enregistrer",
    unlinkTitle: "Mettre fin au lien",
    unlinkAbout:
      "Ce qui a été dit reste sur cette page. Le téléphone est prévenu, et ses conversations d’avant reviennent.",
    unlink: "Délier",
  },
  about: {
    title: "Ce que signifie lier",
    points: [
      "La conversation est la même ici et sur WhatsApp, avec tous les outils.",
      "Qui a le téléphone ou utilise ce navigateur peut la lire et la poursuivre.",
      "Les conversations d’avant sur votre téléphone restent à part et reviennent quand vous déliez.",
      "Les messages passent par Meta et Twilio. Cette page ne montre que les derniers chiffres de votre numéro.",
    ],
    cost:
      "Vous ne payez rien. Chaque message coûte {cost} à l’organisation. Écrivez DÉLIER sur le téléphone pour y mettre fin ; ce qui a été dit reste ici.",
  },
};
