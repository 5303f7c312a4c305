import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";

interface ShareTexts {
  readonly title: string;
  readonly about: string;
  readonly make: string;
  readonly empty: string;
  readonly off: string;
  readonly link: string;
  readonly copy: string;
  readonly copied: string;
  readonly made: Text<"made" | "until">;
  readonly stop: string;
  readonly back: string;
  /** On the shared page. */
  readonly shared: Text<"date">;
  readonly asker: string;
  readonly picture: string;
  readonly start: string;
  readonly by: Text<"organisation">;
  readonly ended: string;
  readonly endedAbout: string;
  readonly further: string;
  readonly first: string;
  /** On a conversation's card. */
  readonly marked: string;
}

export const OWN_SHARE: Readonly<Record<Language, ShareTexts>> = {
  en: {
    title: "Share this conversation",
    about:
      "Anyone with the link can read it up to now, pictures included. They cannot write in it or see your other conversations. The link ends after 30 days, or with the conversation.",
    make: "Make a link",
    empty: "There is nothing to share yet: the conversation is empty.",
    off: "Sharing is switched off here.",
    link: "Link",
    copy: "Copy link",
    copied: "Copied",
    made: "Made on {made}, ends on {until}.",
    stop: "Stop sharing",
    back: "Back",
    shared: "Shared on {date} · read only",
    asker: "Question",
    picture: "Picture",
    start: "Start your own conversation",
    by: "AI can be wrong. Shared by someone at {organisation}.",
    ended: "This link has ended",
    endedAbout: "Ask the person who sent it for a new one.",
    further: "Continue reading",
    first: "Back to the beginning",
    marked: "shared",
  },
  es: {
    title: "Compartir esta conversación",
    about:
      "Quien tenga el enlace puede leerla hasta este momento, con las imágenes. No puede escribir en ella ni ver sus otras conversaciones. El enlace termina en 30 días o con la conversación.",
    make: "Crear un enlace",
    empty: "Todavía no hay nada que compartir: la conversación está vacía.",
    off: "Aquí no se puede compartir.",
    link: "Enlace",
    copy: "Copiar el enlace",
    copied: "Copiado",
    made: "Creado el {made}, termina el {until}.",
    stop: "Dejar de compartir",
    back: "Volver",
    shared: "Compartida el {date} · solo lectura",
    asker: "Pregunta",
    picture: "Imagen",
    start: "Empezar su propia conversación",
    by: "La IA puede equivocarse. Compartida por alguien de {organisation}.",
    ended: "Este enlace ha terminado",
    endedAbout: "Pida uno nuevo a quien se lo envió.",
    further: "Seguir leyendo",
    first: "Volver al principio",
    marked: "compartida",
  },
  fr: {
    title: "Partager cette conversation",
    about:
      "Toute personne qui a le lien peut la lire jusqu’à maintenant, images comprises. Elle ne peut ni y écrire ni voir vos autres conversations. Le lien prend fin après 30 jours ou avec la conversation.",
    make: "Créer un lien",
    empty: "Rien à partager encore : la conversation est vide.",
    off: "Le partage est désactivé ici.",
    link: "Lien",
    copy: "Copier le lien",
    copied: "Copié",
    made: "Créé le {made}, prend fin le {until}.",
    stop: "Arrêter le partage",
    back: "Retour",
    shared: "Partagée le {date} · lecture seule",
    asker: "Question posée",
    picture: "Image",
    start: "Commencer votre propre conversation",
    by: "L’IA peut se tromper. Partagée par une personne de {organisation}.",
    ended: "Ce lien a pris fin",
    endedAbout: "Demandez-en un nouveau à la personne qui l’a envoyé.",
    further: "Lire la suite",
    first: "Revenir au début",
    marked: "partagée",
  },
  pt: {
    title: "Partilhar esta conversa",
    about:
      "Quem tiver a ligação pode lê-la até agora, com as imagens. Não pode escrever nela nem ver as suas outras conversas. A ligação termina após 30 dias ou com a conversa.",
    make: "Criar uma ligação",
    empty: "Ainda não há nada para partilhar: a conversa está vazia.",
    off: "A partilha está desligada aqui.",
    link: "Ligação",
    copy: "Copiar a ligação",
    copied: "Copiado",
    made: "Criada em {made}, termina em {until}.",
    stop: "Deixar de partilhar",
    back: "Voltar",
    shared: "Partilhada em {date} · só leitura",
    asker: "Pergunta",
    picture: "Imagem",
    start: "Comece a sua própria conversa",
    by: "A IA pode errar. Partilhada por alguém de {organisation}.",
    ended: "Esta ligação terminou",
    endedAbout: "Peça uma nova a quem a enviou.",
    further: "Continuar a ler",
    first: "Voltar ao início",
    marked: "partilhada",
  },
  sw: {
    title: "Shiriki mazungumzo haya",
    about:
      "Yeyote mwenye kiungo anaweza kuyasoma hadi sasa, pamoja na picha. Hawezi kuandika humo wala kuona mazungumzo yako mengine. Kiungo huisha baada ya siku 30, au pamoja na mazungumzo.",
    make: "Tengeneza kiungo",
    empty: "Bado hakuna cha kushiriki: mazungumzo ni matupu.",
    off: "Kushiriki kumezimwa hapa.",
    link: "Kiungo",
    copy: "Nakili kiungo",
    copied: "Imenakiliwa",
    made: "Kilitengenezwa {made}, kinaisha {until}.",
    stop: "Acha kushiriki",
    back: "Rudi",
    shared: "Yalishirikiwa {date} · kusoma tu",
    asker: "Swali",
    picture: "Picha",
    start: "Anza mazungumzo yako mwenyewe",
    by: "AI inaweza kukosea. Yameshirikiwa na mtu wa {organisation}.",
    ended: "Kiungo hiki kimeisha",
    endedAbout: "Mwombe aliyekutumia kiungo kipya.",
    further: "Endelea kusoma",
    first: "Rudi mwanzo",
    marked: "yameshirikiwa",
  },
  id: {
    title: "Bagikan percakapan ini",
    about:
      "Siapa pun yang punya tautannya dapat membacanya sampai saat ini, termasuk gambar. Mereka tidak dapat menulis di dalamnya atau melihat percakapan Anda yang lain. Tautan berakhir setelah 30 hari, atau bersama percakapan.",
    make: "Buat tautan",
    empty: "Belum ada yang dapat dibagikan: percakapan masih kosong.",
    off: "Berbagi dimatikan di sini.",
    link: "Tautan",
    copy: "Salin tautan",
    copied: "Disalin",
    made: "Dibuat {made}, berakhir {until}.",
    stop: "Berhenti berbagi",
    back: "Kembali",
    shared: "Dibagikan pada {date} · hanya baca",
    asker: "Pertanyaan",
    picture: "Gambar",
    start: "Mulai percakapan Anda sendiri",
    by: "AI bisa keliru. Dibagikan oleh seseorang di {organisation}.",
    ended: "Tautan ini sudah berakhir",
    endedAbout: "Mintalah yang baru kepada orang yang mengirimnya.",
    further: "Lanjut membaca",
    first: "Kembali ke awal",
    marked: "dibagikan",
  },
  ar: {
    title: "مشاركة هذه المحادثة",
    about:
      "كل من لديه الرابط يستطيع قراءتها حتى الآن، مع الصور. لا يستطيع الكتابة فيها ولا رؤية محادثاتك الأخرى. ينتهي الرابط بعد 30 يومًا أو مع المحادثة.",
    make: "إنشاء رابط",
    empty: "لا شيء للمشاركة بعد: المحادثة فارغة.",
    off: "المشاركة متوقفة هنا.",
    link: "الرابط",
    copy: "نسخ الرابط",
    copied: "نُسخ",
    made: "أُنشئ في {made} وينتهي في {until}.",
    stop: "إيقاف المشاركة",
    back: "رجوع",
    shared: "شوركت في {date} · للقراءة فقط",
    asker: "السؤال",
    picture: "صورة",
    start: "ابدأ محادثتك الخاصة",
    by: "قد يخطئ الذكاء الاصطناعي. شاركها شخص من {organisation}.",
    ended: "انتهى هذا الرابط",
    endedAbout: "اطلب رابطًا جديدًا ممن أرسله إليك.",
    further: "متابعة القراءة",
    first: "العودة إلى البداية",
    marked: "مشارَكة",
  },
  hi: {
    title: "यह बातचीत साझा करें",
    about:
      "जिसके पास लिंक है, वह इसे अब तक, चित्रों सहित, पढ़ सकता है। वह इसमें लिख नहीं सकता और आपकी दूसरी बातचीत नहीं देख सकता। लिंक 30 दिन बाद या बातचीत के साथ समाप्त हो जाता है।",
    make: "लिंक बनाएँ",
    empty: "अभी साझा करने को कुछ नहीं है: बातचीत ख़ाली है।",
    off: "यहाँ साझा करना बंद है।",
    link: "लिंक",
    copy: "लिंक कॉपी करें",
    copied: "कॉपी हो गया",
    made: "{made} को बना, {until} को समाप्त होगा।",
    stop: "साझा करना बंद करें",
    back: "वापस",
    shared: "{date} को साझा की गई · केवल पढ़ने के लिए",
    asker: "सवाल",
    picture: "चित्र",
    start: "अपनी बातचीत शुरू करें",
    by: "AI से ग़लती हो सकती है। {organisation} के किसी व्यक्ति ने साझा की।",
    ended: "यह लिंक समाप्त हो गया है",
    endedAbout: "जिसने भेजा था, उससे नया लिंक माँगें।",
    further: "आगे पढ़ें",
    first: "शुरुआत पर वापस",
    marked: "साझा",
  },
};
