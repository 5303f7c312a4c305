import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";

interface HelpTexts {
  readonly title: string;
  readonly how: string;
  readonly steps: readonly [string, string, string];
  readonly limits: string;
  readonly limitsAbout: string;
  readonly words: string;
  /** Counted in days. */
  readonly kept: Forms;
  readonly company: Text<"names">;
  readonly ownServer: string;
  readonly simulated: string;
  readonly read: string;
  readonly notRead: string;
  readonly data: Text<"data">;
  readonly ask: string;
  readonly askNobody: Text<"organisation">;
  readonly whatsapp: string;
  readonly mail: string;
  readonly keyboard: string;
  /** Send, new line, message field, stop. */
  readonly keys: readonly [string, string, string, string];
}

export const OWN_HELP: Readonly<Record<Language, HelpTexts>> = {
  en: {
    title: "Help",
    how: "How it works",
    steps: [
      "Choose a tool. Each one knows a different job.",
      "Write what you need. Names of books, chapters and verses help.",
      "Read the answer. Ask again if something is missing.",
    ],
    limits: "What it cannot do",
    limitsAbout:
      "AI can be wrong, also when it sounds sure. It knows little about most small languages. Let your team and your consultant decide.",
    words: "What happens with your words",
    kept: {
      one: "They are kept for # day after your last message, then deleted.",
      other: "They are kept for # days after your last message, then deleted.",
    },
    company: "They go to an AI company ({names}), which computes the answer.",
    ownServer: "A server of the organisation computes the answer. They go to no AI company.",
    simulated: "At the moment answers are made up. Your words go to no AI company.",
    read:
      "People of this organisation may read conversations to make the tools better. Write nothing that must stay private.",
    notRead: "People of this organisation do not read conversations.",
    data: "{data:See or delete my data}",
    ask: "Whom to ask",
    askNobody: "Ask the person at {organisation} who gave you the address of this page.",
    whatsapp: "WhatsApp",
    mail: "E-mail",
    keyboard: "Keyboard, in a chat",
    keys: ["Send", "New line", "Go to the message field", "Stop the answer"],
  },
  es: {
    title: "Ayuda",
    how: "Cómo funciona",
    steps: [
      "Elija una herramienta. Cada una conoce un trabajo distinto.",
      "Escriba lo que necesita. Ayudan los nombres de libros, capítulos y versículos.",
      "Lea la respuesta. Pregunte otra vez si falta algo.",
    ],
    limits: "Qué no puede hacer",
    limitsAbout:
      "La IA puede equivocarse, también cuando suena segura. Sabe poco de la mayoría de las lenguas pequeñas. Deje que decidan su equipo y su consultor.",
    words: "Qué pasa con sus palabras",
    kept: {
      one: "Se guardan # día después de su último mensaje y luego se eliminan.",
      many: "Se guardan # días después de su último mensaje y luego se eliminan.",
      other: "Se guardan # días después de su último mensaje y luego se eliminan.",
    },
    company: "Van a una empresa de IA ({names}), que calcula la respuesta.",
    ownServer:
      "Un servidor de la organización calcula la respuesta. No van a ninguna empresa de IA.",
    simulated:
      "Por ahora las respuestas son inventadas. Sus palabras no van a ninguna empresa de IA.",
    read:
      "Personas de esta organización pueden leer las conversaciones para mejorar las herramientas. No escriba nada que deba quedar en privado.",
    notRead: "Las personas de esta organización no leen las conversaciones.",
    data: "{data:Ver o eliminar mis datos}",
    ask: "A quién preguntar",
    askNobody: "Pregunte a la persona de {organisation} que le dio la dirección de esta página.",
    whatsapp: "WhatsApp",
    mail: "Correo electrónico",
    keyboard: "Teclado, en un chat",
    keys: ["Enviar", "Nueva línea", "Ir al campo del mensaje", "Detener la respuesta"],
  },
  fr: {
    title: "Aide",
    how: "Comment ça marche",
    steps: [
      "Choisissez un outil. Chacun connaît un travail différent.",
      "Écrivez ce qu’il vous faut. Les noms de livres, de chapitres et de versets aident.",
      "Lisez la réponse. Demandez encore s’il manque quelque chose.",
    ],
    limits: "Ce qu’il ne sait pas faire",
    limitsAbout:
      "L’IA peut se tromper, même quand elle semble sûre. Elle sait peu de la plupart des petites langues. Laissez décider votre équipe et votre conseiller.",
    words: "Ce que deviennent vos mots",
    kept: {
      one: "Ils sont conservés # jour après votre dernier message, puis supprimés.",
      many: "Ils sont conservés # jours après votre dernier message, puis supprimés.",
      other: "Ils sont conservés # jours après votre dernier message, puis supprimés.",
    },
    company: "Ils vont à une entreprise d’IA ({names}), qui calcule la réponse.",
    ownServer:
      "Un serveur de l’organisation calcule la réponse. Ils ne vont à aucune entreprise d’IA.",
    simulated:
      "Pour l’instant, les réponses sont inventées. Vos mots ne vont à aucune entreprise d’IA.",
    read:
      "Des personnes de cette organisation peuvent lire les conversations pour améliorer les outils. N’écrivez rien qui doive rester privé.",
    notRead: "Les personnes de cette organisation ne lisent pas les conversations.",
    data: "{data:Voir ou supprimer mes données}",
    ask: "À qui demander",
    askNobody: "Demandez à la personne de {organisation} qui vous a donné l’adresse de cette page.",
    whatsapp: "WhatsApp",
    mail: "E-mail",
    keyboard: "Clavier, dans une discussion",
    keys: ["Envoyer", "Nouvelle ligne", "Aller au champ du message", "Arrêter la réponse"],
  },
  pt: {
    title: "Ajuda",
    how: "Como funciona",
    steps: [
      "Escolha uma ferramenta. Cada uma conhece um trabalho diferente.",
      "Escreva o que precisa. Nomes de livros, capítulos e versículos ajudam.",
      "Leia a resposta. Pergunte de novo se faltar alguma coisa.",
    ],
    limits: "O que não consegue fazer",
    limitsAbout:
      "A IA pode errar, mesmo quando parece segura. Sabe pouco da maioria das línguas pequenas. Deixe a sua equipa e o seu consultor decidir.",
    words: "O que acontece com as suas palavras",
    kept: {
      one: "São guardadas # dia após a sua última mensagem e depois eliminadas.",
      many: "São guardadas # dias após a sua última mensagem e depois eliminadas.",
      other: "São guardadas # dias após a sua última mensagem e depois eliminadas.",
    },
    company: "Vão para uma empresa de IA ({names}), que calcula a resposta.",
    ownServer: "Um servidor da organização calcula a resposta. Não vão para nenhuma empresa de IA.",
    simulated:
      "De momento as respostas são inventadas. As suas palavras não vão para nenhuma empresa de IA.",
    read:
      "Pessoas desta organização podem ler as conversas para melhorar as ferramentas. Não escreva nada que deva ficar privado.",
    notRead: "As pessoas desta organização não leem as conversas.",
    data: "{data:Ver ou eliminar os meus dados}",
    ask: "A quem perguntar",
    askNobody: "Pergunte à pessoa de {organisation} que lhe deu o endereço desta página.",
    whatsapp: "WhatsApp",
    mail: "E-mail",
    keyboard: "Teclado, numa conversa",
    keys: ["Enviar", "Nova linha", "Ir para o campo da mensagem", "Parar a resposta"],
  },
  sw: {
    title: "Msaada",
    how: "Jinsi inavyofanya kazi",
    steps: [
      "Chagua zana. Kila moja inajua kazi tofauti.",
      "Andika unachohitaji. Majina ya vitabu, sura na mistari husaidia.",
      "Soma jibu. Uliza tena ikiwa kuna kinachokosekana.",
    ],
    limits: "Isichoweza kufanya",
    limitsAbout:
      "AI inaweza kukosea, hata inaposikika kuwa na uhakika. Inajua machache kuhusu lugha nyingi ndogo. Acha timu yako na mshauri wako waamue.",
    words: "Maneno yako yanafanywa nini",
    kept: {
      one: "Huhifadhiwa kwa siku # baada ya ujumbe wako wa mwisho, kisha hufutwa.",
      other: "Huhifadhiwa kwa siku # baada ya ujumbe wako wa mwisho, kisha hufutwa.",
    },
    company: "Hutumwa kwa kampuni ya AI ({names}), ambayo hutengeneza jibu.",
    ownServer: "Seva ya shirika hutengeneza jibu. Hayatumwi kwa kampuni yoyote ya AI.",
    simulated: "Kwa sasa majibu ni ya kubuni. Maneno yako hayatumwi kwa kampuni yoyote ya AI.",
    read:
      "Watu wa shirika hili wanaweza kusoma mazungumzo ili kuboresha zana. Usiandike chochote kinachopaswa kubaki siri.",
    notRead: "Watu wa shirika hili hawasomi mazungumzo.",
    data: "{data:Ona au futa data yangu}",
    ask: "Umwulize nani",
    askNobody: "Mwulize mtu wa {organisation} aliyekupa anwani ya ukurasa huu.",
    whatsapp: "WhatsApp",
    mail: "Barua pepe",
    keyboard: "Kibodi, katika mazungumzo",
    keys: ["Tuma", "Mstari mpya", "Nenda kwenye sehemu ya ujumbe", "Simamisha jibu"],
  },
  id: {
    title: "Bantuan",
    how: "Cara kerjanya",
    steps: [
      "Pilih sebuah alat. Masing-masing menguasai pekerjaan yang berbeda.",
      "Tulis apa yang Anda perlukan. Nama kitab, pasal, dan ayat membantu.",
      "Baca jawabannya. Tanyakan lagi jika ada yang kurang.",
    ],
    limits: "Yang tidak dapat dilakukannya",
    limitsAbout:
      "AI bisa keliru, juga ketika terdengar yakin. AI tahu sedikit tentang kebanyakan bahasa kecil. Biarkan tim dan konsultan Anda yang memutuskan.",
    words: "Apa yang terjadi dengan kata-kata Anda",
    kept: { other: "Disimpan # hari setelah pesan terakhir Anda, lalu dihapus." },
    company: "Dikirim ke perusahaan AI ({names}), yang menghitung jawabannya.",
    ownServer:
      "Server milik organisasi menghitung jawabannya. Tidak dikirim ke perusahaan AI mana pun.",
    simulated:
      "Saat ini jawabannya rekaan. Kata-kata Anda tidak dikirim ke perusahaan AI mana pun.",
    read:
      "Orang dari organisasi ini boleh membaca percakapan untuk memperbaiki alat. Jangan tulis apa pun yang harus tetap rahasia.",
    notRead: "Orang dari organisasi ini tidak membaca percakapan.",
    data: "{data:Lihat atau hapus data saya}",
    ask: "Kepada siapa bertanya",
    askNobody: "Tanyakan kepada orang di {organisation} yang memberi Anda alamat halaman ini.",
    whatsapp: "WhatsApp",
    mail: "Email",
    keyboard: "Papan ketik, dalam percakapan",
    keys: ["Kirim", "Baris baru", "Ke kolom pesan", "Hentikan jawaban"],
  },
  ar: {
    title: "المساعدة",
    how: "كيف يعمل",
    steps: [
      "اختر أداة. كل واحدة تعرف عملًا مختلفًا.",
      "اكتب ما تحتاج إليه. تساعد أسماء الأسفار والإصحاحات والآيات.",
      "اقرأ الجواب. اسأل مرة أخرى إن نقص شيء.",
    ],
    limits: "ما لا يستطيعه",
    limitsAbout:
      "قد يخطئ الذكاء الاصطناعي، حتى حين يبدو واثقًا. يعرف القليل عن معظم اللغات الصغيرة. دع فريقك ومستشارك يقرران.",
    words: "ماذا يحدث لكلماتك",
    kept: {
      zero: "تُحفظ # يوم بعد آخر رسالة لك، ثم تُحذف.",
      one: "تُحفظ يومًا واحدًا بعد آخر رسالة لك، ثم تُحذف.",
      two: "تُحفظ يومين بعد آخر رسالة لك، ثم تُحذف.",
      few: "تُحفظ # أيام بعد آخر رسالة لك، ثم تُحذف.",
      many: "تُحفظ # يومًا بعد آخر رسالة لك، ثم تُحذف.",
      other: "تُحفظ # يوم بعد آخر رسالة لك، ثم تُحذف.",
    },
    company: "تُرسل إلى شركة ذكاء اصطناعي ({names}) تحسب الجواب.",
    ownServer: "يحسب الجوابَ خادمٌ للمنظمة. لا تُرسل إلى أي شركة ذكاء اصطناعي.",
    simulated: "الأجوبة مختلقة حاليًا. لا تُرسل كلماتك إلى أي شركة ذكاء اصطناعي.",
    read: "قد يقرأ أشخاص من هذه المنظمة المحادثات لتحسين الأدوات. لا تكتب شيئًا يجب أن يبقى سرًا.",
    notRead: "لا يقرأ أشخاص من هذه المنظمة المحادثات.",
    data: "{data:عرض بياناتي أو حذفها}",
    ask: "من تسأل",
    askNobody: "اسأل من أعطاك عنوان هذه الصفحة في {organisation}.",
    whatsapp: "واتساب",
    mail: "البريد الإلكتروني",
    keyboard: "لوحة المفاتيح في المحادثة",
    keys: ["إرسال", "سطر جديد", "الانتقال إلى حقل الرسالة", "إيقاف الجواب"],
  },
  hi: {
    title: "मदद",
    how: "यह कैसे काम करता है",
    steps: [
      "एक टूल चुनें। हर एक अलग काम जानता है।",
      "जो चाहिए वह लिखें। पुस्तकों, अध्यायों और पदों के नाम मदद करते हैं।",
      "जवाब पढ़ें। कुछ छूटा हो तो फिर पूछें।",
    ],
    limits: "यह क्या नहीं कर सकता",
    limitsAbout:
      "AI से ग़लती हो सकती है, तब भी जब वह पक्का लगे। वह ज़्यादातर छोटी भाषाओं के बारे में कम जानता है। फ़ैसला अपनी टीम और सलाहकार को करने दें।",
    words: "आपके शब्दों का क्या होता है",
    kept: {
      one: "वे आपके आख़िरी संदेश के बाद # दिन रखे जाते हैं, फिर हटा दिए जाते हैं।",
      other: "वे आपके आख़िरी संदेश के बाद # दिन रखे जाते हैं, फिर हटा दिए जाते हैं।",
    },
    company: "वे एक AI कंपनी ({names}) को जाते हैं, जो जवाब तैयार करती है।",
    ownServer: "संगठन का एक सर्वर जवाब तैयार करता है। वे किसी AI कंपनी को नहीं जाते।",
    simulated: "अभी जवाब बनावटी हैं। आपके शब्द किसी AI कंपनी को नहीं जाते।",
    read: "इस संगठन के लोग टूल बेहतर बनाने के लिए बातचीत पढ़ सकते हैं। ऐसा कुछ न लिखें जिसे निजी रहना चाहिए।",
    notRead: "इस संगठन के लोग बातचीत नहीं पढ़ते।",
    data: "{data:मेरा डेटा देखें या हटाएँ}",
    ask: "किससे पूछें",
    askNobody: "{organisation} के उस व्यक्ति से पूछें जिसने आपको इस पेज का पता दिया।",
    whatsapp: "WhatsApp",
    mail: "ईमेल",
    keyboard: "कीबोर्ड, चैट में",
    keys: ["भेजें", "नई पंक्ति", "संदेश के खाने पर जाएँ", "जवाब रोकें"],
  },
};
