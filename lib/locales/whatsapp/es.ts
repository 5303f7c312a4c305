import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("es");
const units = {
  minutes: (count: number) => counted(count, { one: "# minuto", other: "# minutos" }),
  seconds: (count: number) => counted(count, { one: "# segundo", other: "# segundos" }),
  replies: (count: number) => counted(count, { one: "# respuesta", other: "# respuestas" }),
  messages: (count: number) => counted(count, { one: "# mensaje", other: "# mensajes" }),
  characters: (count: number) => counted(count, { one: "# carácter", other: "# caracteres" }),
};

const about = (usd: string | null) => usd === null ? "menos de 1 centavo de dólar" : `unos ${usd}`;

export const SPANISH: WhatsAppTexts = {
  welcome:
    "👋 ¡Hola! Aquí te responde una IA. Puede equivocarse, y cada mensaje le cuesta un poco a esta organización.\n\nEnvía *AYUDA* para ver qué puedes hacer e *IDIOMA* para cambiar de idioma. Envía *STOP* y no recibirás más mensajes.",
  menu: (page, current) =>
    menuLines("*¿En qué te ayudo?* Envía un número.", page, {
      current: current === null ? null : `Ahora: ${bold(current)}`,
      page: `Página ${page.page} de ${page.pages}.`,
      more: "Envía *MÁS* para la siguiente.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "Adelante: ¿qué necesitas? *MENÚ* muestra todas las herramientas.",
  ambiguous: (items) => `¿Cuál quieres? Envía su número.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "Aún no has elegido una herramienta." : `Hablas con ${bold(tool)}.`) + " " +
    "Escribe sin más. O envía:\n\n*MENÚ* – todas las herramientas\n*NUEVO* – nueva conversación\n*COSTE* – lo que ha costado\n*IDIOMA* – otro idioma\n*LINK* – seguir en la web\n*DESVINCULAR* – terminar eso\n*ESPEJO* – qué llega aquí desde la web\n*VOZ* – respuestas habladas\n*MEMORIA* – lo que las herramientas recuerdan de ti\n*EXPORTAR* – tus datos\n*BORRAR MIS DATOS* – borrarlos\n*STOP* – no más mensajes",
  noTools: "Ahora no hay nada disponible en WhatsApp. Inténtalo otro día.",
  pickFirst: "Elige primero en qué debo ayudarte.",
  dataHandled: (tool) =>
    `Lo que escribes a ${
      bold(tool)
    } va a un proveedor de IA y se guarda aquí. No envíes secretos, por favor. *BORRAR MIS DATOS* lo borra.`,
  newStarted: (tool) => `🆕 Nueva conversación con ${bold(tool)}. Lo anterior ya no se usa.`,
  cost: ({ replies, conversation, today }) =>
    `💰 Esta conversación: ${conversation} (${units.replies(replies)}).\nHoy en total: ${today}.`,
  exportSent: (messages) => `📄 Aquí están tus datos (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 Tus datos, durante ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "Todavía no hay datos tuyos que exportar.",
  deleteAsk:
    "⚠️ ¿Borrar para siempre tus conversaciones, lo que recuerdo de ti y tus enlaces? Envía *SÍ* para borrar o *NO* para conservarlos.",
  deleteDone: "🗑️ Tus datos están borrados. Escribe cuando quieras para empezar de nuevo.",
  declined: "De acuerdo, no se ha cambiado nada.",
  optedOut: "No recibirás más mensajes nuestros. Envía *START* para volver.",
  optedIn: "¡Bienvenido de nuevo! Vuelves a recibir mensajes. *STOP* los detiene.",
  languageList: (names) =>
    `¿Qué idioma? Envía su número.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged:
    "Ahora hablo español aquí. A las herramientas puedes escribirles en cualquier idioma.",
  linkDone:
    "🔗 ¡Vinculado! Este chat y la página web son ahora una sola conversación. *DESVINCULAR* lo termina, *ESPEJO* decide qué llega aquí.",
  linkFailed: "Ese código no es correcto. Compruébalo en la página web o pide allí uno nuevo.",
  linkExpired: "Ese código ha caducado. Pide uno nuevo en la página web.",
  linkBlocked: (minutes) =>
    `Demasiados códigos incorrectos. Espera ${units.minutes(minutes)}, por favor.`,
  linkHow:
    "Para vincular este chat con la web: abre allí un chat, elige “WhatsApp” y envíame lo que muestra, por ejemplo *LINK* 2345-ABCD.",
  unlinkAsk: "¿Separar este chat de la página web? Envía *SÍ* o *NO*.",
  unlinked: "Este chat y la página web vuelven a estar separados.",
  notLinked: "Este chat no está vinculado con la web. *LINK* explica cómo.",
  linkCode: (code, minutes) =>
    `Tu código: ${code}\nEscríbelo en la página web en un plazo de ${
      units.minutes(minutes)
    }. Si no lo pediste, ignora este mensaje.`,
  mirror: (mirror, { reply, both }) =>
    `De la web llega ahora aquí: *${
      { reply: "la respuesta", both: "pregunta y respuesta", off: "nada" }[mirror]
    }*.\n\n` +
    `*ESPEJO RESPUESTA* – la respuesta (${
      about(reply)
    } cada una)\n*ESPEJO TODO* – pregunta y respuesta (${about(both)})\n*ESPEJO NADA* – nada`,
  voice: (mode, cost) =>
    `Además del texto recibes una nota de voz: *${
      { spoken: "cuando hablas", always: "siempre", never: "nunca" }[mode]
    }*.\n\n*VOZ SI HABLO* – cuando envías un mensaje de voz (${
      about(cost)
    } cada una)\n*VOZ SIEMPRE* – con cada respuesta\n*VOZ NUNCA* – solo texto`,
  voiceNone:
    "Aquí las respuestas no se leen en voz alta: no hay un servidor de voz configurado. Puedes seguir enviando mensajes de voz.",
  voiceCut: (words) =>
    `🔊 La nota de voz termina tras «…${
      truncateLine(words, 200)
    }». El resto está en el texto de arriba.`,
  fromWeb: (question) => `💻 Tú, en la web: ${truncateLine(question, 500)}`,
  limited: (seconds) => `Eso fue muy rápido. Espera ${wait(seconds, units)} y escribe de nuevo.`,
  overBudget: (resets) =>
    `El presupuesto de hoy está agotado. Podré responder de nuevo desde: ${resets}.`,
  shareUsed: (resets) => `Has usado tu parte de hoy. Podré responderte de nuevo desde: ${resets}.`,
  mediaRefused:
    "Puedo leer texto, imágenes y mensajes de voz, nada más. Envíalo como texto, por favor.",
  modelEnded:
    "Esta herramienta no puede responder ahora: su modelo de IA ya no existe. Las personas responsables están avisadas. *MENÚ* muestra otras herramientas.",
  imagesNotSeen: "Esta herramienta no puede ver imágenes. Descríbelas con palabras, por favor.",
  pictureNotRead: "No puedo leer esa imagen. Envíala como foto, JPEG o PNG, por favor.",
  mediaTooLarge: (megabytes) => `Es demasiado grande. Como máximo ${megabytes} MB, por favor.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "La grabación se guarda con esta conversación hasta que la borres.",
  voiceUnwritten: "No he podido transcribir ese mensaje de voz. El modelo lo escucha directamente.",
  voiceMarker: (time) => `(Mensaje de voz, ${time}, sin transcribir)`,
  voiceFailed: "No he podido entender ese mensaje de voz. Inténtalo otra vez o escríbelo.",
  voiceTooLong: (minutes) =>
    `Ese mensaje de voz es demasiado largo. Como máximo ${units.minutes(minutes)}, por favor.`,
  takenOver: "👤 A partir de ahora te responde una persona; la IA ya no responde.",
  handedBack: "🤖 Te responde de nuevo la IA.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} no puede ayudar aquí con eso. Sirve para: ${
      truncateLine(scope, 500)
    }\n*MENÚ* muestra qué más hay.`,
  failed: (retry) =>
    retry
      ? "Algo ha fallado, lo siento. Envíalo otra vez dentro de un minuto."
      : "Lo siento, no puedo responder a eso. Dilo de otra manera o envía *MENÚ*.",
  interrupted: "⚠️ _La respuesta se cortó aquí. Envía tu mensaje otra vez para recibirla entera._",
  otherModel: "_Respondió otro modelo._",
  propose: (tool) =>
    `Esto parece algo para ${bold(tool)}. ¿Quieres que cambie de herramienta? *SÍ* o *NO*`,
  tooLong: (characters) =>
    `Es demasiado largo para mí. Como máximo ${units.characters(characters)}, por favor.`,
  audioNotHeard:
    "No puedo escuchar este tipo de grabación. Mantén pulsado el micrófono aquí en WhatsApp y habla, o escríbelo.",
  mediaGone: "No he podido abrir lo que enviaste. Envíalo otra vez o escríbelo, por favor.",
  reviewed:
    "Para mejorar estas herramientas, personas de esta organización pueden leer lo que escribas aquí a partir de ahora. No escribas nada que deba quedar en privado.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 Lo que las herramientas recuerdan de ti, durante 30 días:",
      none: "🧠 Las herramientas no tienen notas sobre ti.",
      off: "Lo has desactivado: no se escriben ni se usan notas. *MEMORIA SÍ* lo cambia.",
      how: "*MEMORIA NO* lo termina, *BORRAR MEMORIA* borra las notas.",
    }),
  memoryOff:
    "🧠 Las herramientas ya no escriben ni usan notas sobre ti. *MEMORIA SÍ* lo cambia, *BORRAR MEMORIA* borra las que hay.",
  memoryOn:
    "🧠 Las herramientas que recuerdan vuelven a escribir notas breves de nuestras conversaciones. *MEMORIA* las muestra.",
  memoryCleared: "🗑️ Las notas sobre ti están borradas. Tus conversaciones se quedan.",
  remembers:
    "Esta herramienta guarda notas breves de nuestras conversaciones durante 30 días. *MEMORIA* las muestra, *MEMORIA NO* lo termina.",
};
