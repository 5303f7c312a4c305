import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { SPANISH_COMPOSER } from "../../page/chat/es.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { SPANISH_MEDIA } from "../media/es.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = SPANISH_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "como máximo los identificadores de cuatro imágenes y de una grabación",
  chatAction: "send, edit, regenerate o continue",
  linkCode: "el código del mensaje",
  linkCodeBody: "un objeto con code",
  messageNumber: "el número de un mensaje",
  messageText: "falta el texto",
  object: "un objeto",
  phone: "un número de teléfono",
  requestId: "de 16 a 64 letras, cifras, - o _",
  toolId: "minúsculas, cifras y guiones, 64 como máximo",
  turnBody: "un objeto con toolId y message",
};

const THINGS = { messages: "mensajes", codes: "códigos", recordings: "grabaciones" } as const;

export const SPANISH_ERRORS: ErrorTexts = {
  titles: {
    invalid: "La petición no es correcta",
    denied: "Esto no está permitido",
    missing: "Aquí no hay nada",
    conflict: "Esto no encaja con lo que hay",
    too_large: "Es demasiado grande",
    too_slow: "La petición tardó demasiado",
    wrong_type: "Este tipo de contenido no se acepta",
    wrong_host: "Esta dirección no se atiende aquí",
    unauthenticated: "Hace falta una clave",
    limited: "Demasiadas peticiones",
    over_budget: "El presupuesto de hoy se ha agotado",
    over_share: "Su parte de hoy se ha agotado",
    unavailable: "No disponible en este momento",
    upstream: "Un servicio necesario no respondió",
  },
  internal: {
    title: "Algo ha fallado aquí",
    detail: "El fallo ha quedado anotado. Inténtelo de nuevo en un momento.",
  },
  wrongMethod: "Esta dirección no admite ese tipo de petición.",
  errors: {
    ...SPANISH_MEDIA,
    "address.malformed": "La dirección contiene un % que no representa ningún carácter.",
    "budget.held": "Lo que queda del presupuesto de hoy está reservado para respuestas en curso.",
    "budget.message_too_long":
      "Este mensaje es demasiado largo para lo que queda del presupuesto de hoy. Escriba uno más corto.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `Esta herramienta ha llegado al límite de este mes. Vuelve a abrir el ${
        dayAndMonth(opensAt, "es", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `Esta herramienta ha llegado al límite de hoy. ${
        sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)
      }`,
    "conversation.changed": "La conversación ha cambiado: ese mensaje ya no está.",
    "conversation.gone": "Esa conversación ya no existe.",
    "conversation.too_many_versions":
      "Esta conversación tiene demasiadas versiones. Empiece una nueva para seguir.",
    "conversation.version_gone": "Esa versión ya no existe.",
    "note.gone": "Esa nota ya no existe.",
    "device.code_over": "Este código ya no vale. Muestre uno nuevo en el primer dispositivo.",
    "device.same": "Este es el dispositivo que muestra el código. Abra la dirección en otro.",
    "device.ended": "Este dispositivo se terminó desde otro. Vuelva a cargar la página.",
    "device.not_first": "Los dispositivos se gestionan en el primero.",
    "device.too_many": ({ most }) => `${most} dispositivos como máximo. Termine uno antes.`,
    "share.off": "Aquí no se puede compartir.",
    "share.ended": "Este enlace ha terminado. Pida uno nuevo.",
    "share.too_many": ({ most }) =>
      `Una conversación puede tener ${most} enlaces. Termine uno antes.`,
    "metrics.token_needed": "Las métricas se dicen solo a los administradores y con el token.",
    "cost.token_needed": "Los costes se dicen solo a los administradores y con el token.",
    "cost.tool_id": "No se puede decir el coste: `toolId` no es el de ninguna herramienta.",
    "host.unknown":
      "Este servidor no se conoce con este nombre. Quien lo administra puede añadirlo a ALLOWED_HOSTS.",
    "host.unreadable": "La petición no nombra ningún servidor que se pueda entender.",
    "link.code_expired": "Ese código ha caducado. Pida uno nuevo.",
    "link.code_wrong":
      "Ese código no es correcto. Mire otra vez el mensaje o pida un código nuevo.",
    "link.invalid": ({ field, takes }) =>
      `No se puede vincular: \`${field}\` admite ${TAKES[takes]}.`,
    "link.phone":
      "Eso no es un número de teléfono. Escríbalo con el prefijo del país, como +41 79 123 45 67.",
    "message.empty": "El mensaje está vacío. Escriba algo primero.",
    "message.invalid": ({ field, takes }) =>
      `No se puede aceptar el mensaje: \`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "es"), longest: formatCount(longest, "es") }),
    "mirror.missing": "Elija qué llega a WhatsApp.",
    "model.ended": () =>
      "Esta herramienta no puede responder: su modelo de IA ya no existe. Se ha avisado a la organización que lleva esta página. Use otra herramienta.",
    "model.unpriced": ({ model }) =>
      `No se envió nada: no se conoce el precio del modelo «${model}». Un administrador puede añadirlo a los precios.`,
    "page.outdated": "Esta página no está al día. Cárguela de nuevo.",
    "rate.limited": ({ things, waitMs }) =>
      `Muchos envíos en poco tiempo (${THINGS[things]}). Podrá seguir ${
        secondsUntil(Math.ceil(waitMs / 1000), "es")
      }.`,
    "rating.missing": "No se puede valorar la respuesta: falta `up`, `down` o `none`.",
    "rating.outdated":
      "No se puede valorar la respuesta: su página no está al día. Cárguela de nuevo.",
    "reply.gone": "Esa respuesta ya no está en su conversación.",
    "request.broken": "La petición no se pudo leer hasta el final.",
    "request.form": "El formulario llegó de una forma que aquí no se entiende.",
    "request.late": "La petición no llegó a tiempo. Inténtelo de nuevo.",
    "request.name_too_long": "Un nombre de esta petición es demasiado largo.",
    "request.no_json": "La petición no es JSON válido.",
    "request.no_text": "La petición no se pudo leer hasta el final como texto UTF-8.",
    "request.not_json_type": "Aquí solo se acepta JSON (content-type: application/json).",
    "request.too_large": ({ bytes }) =>
      `El mensaje es demasiado largo: se aceptan ${bytes / 1024} KiB como máximo.`,
    "server.busy": "El servidor está ocupado con muchas peticiones. Inténtelo de nuevo.",
    "server.restarting": "El servidor se está reiniciando. Inténtelo de nuevo en unos segundos.",
    "share.held": "Lo que queda de su parte de hoy está reservado para respuestas en curso.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "Ha usado su parte de este mes."
          : "Las visitas nuevas de su red han usado su parte de este mes."
      } Podrá enviar de nuevo el ${dayAndMonth(opensAt, "es", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "Ha usado su parte de hoy."
          : "Las visitas nuevas de su red han usado su parte de hoy."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing":
      "En este momento no se puede guardar ni leer nada. Inténtelo de nuevo en un minuto.",
    "store.too_large": "Es demasiado grande para guardarlo.",
    "token.wrong": "Este token no es el correcto.",
    "tool.gone": "Esta herramienta ya no está disponible.",
    "turn.asked_elsewhere":
      "Este mensaje ya se envió a otra herramienta. Envíelo aquí como un mensaje nuevo.",
    "turn.busy":
      "Todavía se está escribiendo una respuesta en esta conversación. Espere a que termine o deténgala.",
    "turn.not_stopped":
      "La respuesta en curso no se pudo detener a tiempo. Inténtelo de nuevo en un momento.",
    "voice.no_transcriber": "Aquí no se pueden pasar a texto los mensajes de voz.",
    "voice.unpriced": ({ model }) =>
      `No se envió nada: no se conoce el precio de un minuto de «${model}». Un administrador puede añadirlo a los precios.`,
    "whatsapp.not_offered": "Aquí no se ofrece WhatsApp.",
    "whatsapp.not_twilio": "Esta petición no es de Twilio.",
    "whatsapp.off": "WhatsApp está desactivado.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} no se ofrece en WhatsApp.`,
  },
};
