import type { Language } from "../../shared/languages.ts";
import { stripMarks } from "./normalise.ts";

/**
 * Opt-out sentences as regular expressions over a whole message.
 * They are unmistakable, so each counts in every language. {@link stripCourtesies} comes before
 * the match: `بعد الآن` is only `بعد` here.
 */
const SENTENCES: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "(stop|quit|cease) (messaging|texting|contacting|writing|writing to|whatsapping)( me)?( again)?",
    "(stop|quit) sending( me)?( any| the| these| your)?( more)? (messages|texts|sms)",
    "stop( all| the| these| your)? (messages|texts|messaging|texting)",
    "(don't|dont|do not|never) (message|text|contact|write|write to|whatsapp) me( again| anymore| any more)?",
    "(don't|dont|do not) send( me)?( any)?( more)? (messages|texts)( again| anymore| any more)?",
    "no more (messages|texts|sms)",
    "(i )?(don't|dont|do not) want( to get| to receive)?( any| your)?( more)? (messages|texts)( from you)?( anymore)?",
    "unsubscribe( me)?( from (this|it|all|(this|the|your) list))?",
    "stop( this| the)? (chat|bot|service|whatsapp)",
    "remove me",
    "opt me out",
    "(remove|take|delete) me (from|off) (the|this|your)( contact| mailing)? list",
    "(i want|i wish|i would like|i'd like|want) to (unsubscribe|opt out)",
    "(cancel|stop|end) subscription",
  ],
  es: [
    "(deja|deje|dejen|dejad|pare|paren) de (escribirme|enviarme|mandarme)( mas)?( mensajes)?",
    "no me (escribas|escriba|escriban|contactes|contacten)( mas)?",
    "no me (envies|envie|envien|mandes|mande|manden)( mas)? mensajes( mas)?",
    "no (quiero|deseo)( recibir)?( mas)? mensajes( suyos| tuyos| de ustedes)?",
    "(quiero|deseo|quisiera) (darme de baja|desuscribirme)",
    "darse de baja",
    "(dame|deme|denme|dadme) de baja( de la lista)?",
    "(quiero )?(cancelar|anular|eliminar)( la)? suscripcion",
    "(parar|detener|stop)( los)? mensajes",
    "(borrame|borreme|borrenme|quitame|quiteme|quitenme|eliminame|sacame) de (la|esta|su|tu) lista",
    "no mas mensajes",
  ],
  fr: [
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
  pt: [
    "(para|pare|parem|deixe|deixem) de me (mandar|enviar|mandarem|enviarem)( mais)? (mensagem|mensagens|msg)",
    "(para|pare|parem) de (me escrever|(mandar|enviar) (mensagem|mensagens))",
    "nao me (mande|mandem|manda|envie|enviem|envia)( mais)? (mensagem|mensagens|msg|nada)( mais)?",
    "nao quero( mais)?( receber)?( mais)? (mensagem|mensagens|msg)( suas| de voces)?",
    "(quero )?(me descadastrar|sair da lista|parar de receber mensagens)",
    "parar( as)? mensagens",
    "me (remova|remove|tire|tira|exclua|descadastre) (da|dessa|desta) lista",
    "(quero )?cancelar( a)? (inscricao|assinatura)",
    "(chega de|sem mais|nao mais) mensagens",
  ],
  sw: [
    "(acha|acheni) (kunitumia|kuniandikia|kutuma) (ujumbe|meseji|sms)( tena| huu)?",
    "(usinitumie|msinitumie|usitume|msitume) (ujumbe|meseji|sms)( tena| zaidi| wowote)?",
    "(usinitumie|msinitumie|usitume|msitume) tena",
    "(usiniandikie|msiniandikie)( tena)?",
    "(sitaki|sihitaji)( kupokea)? (ujumbe|meseji|sms)( tena| zaidi| wenu| zenu| wako| zako)?",
    "(sitisha|simamisha|komesha) (ujumbe|meseji|sms|huduma)( huu| hii| hizi| zote)?",
    "(niondoe|niondoeni|nitoe) (kwenye|katika) orodha( yenu| yako| hii)?",
    "nataka (kujiondoa|kujitoa)",
  ],
  id: [
    "(stop|setop|berhenti|jangan) (kirim|kirimi|kirimkan|mengirim|mengirimi)( saya| aku)? (pesan|wa|sms)( ini)?( ke saya| ke aku)?( lagi)?",
    "jangan (hubungi|kontak|wa|chat|sms) (saya|aku)( lagi)?",
    "jangan (wa|chat|sms) lagi",
    "(tidak|nggak|gak|ga) usah (kirim|kirimi)( saya)? pesan( lagi)?",
    "(stop|berhenti) kirim",
    "(stop|hentikan)( semua)? pesan( ini)?",
    "(saya |aku )?(tidak|nggak|enggak|gak|ga) (mau|ingin)( menerima| terima| dapat)? pesan( lagi)?",
    "((saya |aku )?(mau|ingin) )?(berhenti|stop) (langganan|berlangganan)",
    "batalkan langganan( saya)?",
    "(hapus|keluarkan) (saya|aku|nomor saya) dari (daftar|daftar ini|list)",
  ],
  ar: [
    "(توقف|توقفي|توقفوا) عن (مراسلتي|إرسال (الرسائل|رسائل|هذه الرسائل)( لي)?)",
    "(أوقف|أوقفي|أوقفوا|وقف|وقفوا|إيقاف)( إرسال)? (الرسائل|هذه الرسائل|رسائلكم)",
    "(بطل|بطلوا)( إرسال)? رسائل",
    "لا (ترسل|ترسلي|ترسلوا|تبعث|تبعثوا)( لي)?( أي| المزيد من)? (رسائل|الرسائل)( أخرى)?( بعد| بعد اليوم| مرة أخرى| مجددا)?",
    "لا (تراسلني|تراسلوني)( بعد| بعد اليوم| مرة أخرى| مجددا)?",
    "لا أريد( استلام| استقبال| تلقي)?( أي| المزيد من)? (رسائل|الرسائل|رسائلكم)( أخرى| منكم)?( بعد)?",
    "(أريد |أرغب في |أود )?إلغاء (الاشتراك|اشتراكي)",
    "(ألغ|ألغي|ألغوا) (الاشتراك|اشتراكي)",
    "(احذفني|احذفوني|أزلني|أزيلوني) من (القائمة|هذه القائمة|قائمتكم)",
  ],
  hi: [
    "(बंद|बन्द|स्टॉप|stop|band|bnd) (करो|करें|करिए|कीजिए|कर दो|कर दें|कर दीजिए|karo|kro|karen|kijiye|kar do|kardo|kar den|kar dijiye)",
    "(मैसेज|मेसेज|संदेश|सन्देश)( भेजना| भेजने| करना)? (बंद|बन्द) (करो|करें|करिए|कीजिए|कर दो|कर दें|कर दीजिए)",
    "(मुझे )?(और |कोई )?(मैसेज|मेसेज|संदेश|सन्देश) (मत|न|ना) (भेजो|भेजें|भेजिए|भेजिये|भेजना|करो|करें|कीजिए)",
    "(मुझे )?(और |कोई )?(मैसेज|मेसेज|संदेश|सन्देश) (नहीं|नही) चाहिए",
    "(सदस्यता|सब्सक्रिप्शन) (रद्द|बंद) (करें|करो|कीजिए|कर दो)",
    "(message|messages|msg|sms)( bhejna| karna)? (band|bnd) (karo|kro|kardo|karen|kijiye|kar do|kar dijiye)",
    "(mujhe )?(aur )?(message|messages|msg|sms) (mat|na) (bhejo|bheje|bhejen|bhejiye|bhejna|karo|kro)",
    "(mujhe )?(aur )?(message|messages|msg|sms) (nahi|nahin) chahiye",
  ],
};

const WHOLE = new RegExp(`^(?:${stripMarks(Object.values(SENTENCES).flat().join("|"))})$`, "u");

const CLAUSES = /[.,;:!?\u061b\u061f\u060c\u0964\u2026\u2013\u2014]+| - /u;

export function clauses(said: string): string[] {
  return said.split(CLAUSES).map((each) => each.trim()).filter((each) => each !== "");
}

/** Whether a message without courtesies is an opt-out sentence. */
export function isStopSentence(essential: string): boolean {
  return WHOLE.test(essential);
}
