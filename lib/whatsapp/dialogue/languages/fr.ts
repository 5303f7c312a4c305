import type { Vocabulary } from "../vocabulary.ts";

export const FRENCH_VOCABULARY: Vocabulary = {
  words: {
    stop:
      "arrêt|arrêter|arrêtez|arrête|d'arrêter|désabonner|me désabonner|désabonnement|désinscrire|me désinscrire|désinscription",
    cancel: "annuler",
    start: "start",
    resume: "démarrer|commencer|reprendre",
    yes: "oui|oui s'il te plaît|oui s'il vous plaît",
    agree: "d'accord|bien sûr|ouais|ouaip",
    no: "non|non merci|non, merci",
    help: "aide",
    menu: "menu|outils|liste",
    more: "suite|suivant|plus",
    back: "retour|précédent",
    new: "nouveau|nouvelle|nouvelle conversation",
    cost: "coût|coûts",
    export: "exporter|exporter mes données|mes données",
    delete_data: "supprimer mes données|effacer mes données",
    language: "langue|langues|changer de langue",
    unlink: "dissocier|délier",
    separate: "",
    mirror: "miroir",
    greeting: "bonjour|salut|bonsoir",
    mirrors: { reply: "réponse|réponses", both: "tout|les deux", off: "rien|non" },
    use: "utiliser|utilise|outil",
    own: {},
    unlike: "",
  },
  courtesies:
    "s'il vous plaît|s'il te plaît|svp|stp|merci|merci beaucoup|merci d'avance|bonjour|bonsoir|" +
    "salut|désolé|désolée|c'est bon|maintenant",
  names: "fr|french|francés|français|francês|kifaransa|prancis|bahasa prancis|الفرنسية|फ़्रेंच|फ्रेंच",
  stopSentences: [
    "(arrete|arretez|cesse|cessez|d'arreter|de cesser) de m'(ecrire|envoyer (des|ces|vos|tes) (messages|sms))",
    "(arrete|arretez|cesse|cessez) de me contacter",
    "((je )?(veux|souhaite|voudrais|desire) (me|se)|(je )?(me|se)) (desabonner|desabonne|desinscrire)",
    "(arret|arreter|arretez|arrete|stop)( les| aux| vos| des)? messages",
    "(desabonnez|desabonne|desinscrivez|desinscris) moi",
    "((je )?(ne )?(veux|souhaite|desire) )?(ne )?plus (recevoir )?(de|vos|tes|ces) messages",
    "je (ne )?veux plus rien recevoir",
    "(ne )?m'(ecrivez|ecris) plus",
    "(ne )?m'(envoyez|envoie|envoies) plus (de|aucun|vos|tes) (messages?|sms)",
    "ne me contactez plus",
    "pas de messages",
    "retirez moi de (la|votre|cette) liste",
  ],
};
