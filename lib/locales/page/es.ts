import { SPANISH_CHAT, SPANISH_COMPOSER, SPANISH_METER, SPANISH_TURN } from "./chat/es.ts";
import { SPANISH_LINK } from "./link/es.ts";
import { SPANISH_PICTURES } from "./pictures/es.ts";
import type { PageTexts } from "./texts.ts";
import { SPANISH_VOICE } from "./voice/es.ts";

export const SPANISH_PAGES: PageTexts = {
  language: "es",
  frame: {
    description: "Herramientas de IA para conversar, aquí y en WhatsApp.",
    skip: "Ir al contenido",
    notice: "La IA puede equivocarse.",
    kept: {
      one: "Las conversaciones se guardan # día.",
      many: "Las conversaciones se guardan # días.",
      other: "Las conversaciones se guardan # días.",
    },
    keptWithSound: {
      one: "Las conversaciones y las grabaciones se guardan # día.",
      many: "Las conversaciones y las grabaciones se guardan # días.",
      other: "Las conversaciones y las grabaciones se guardan # días.",
    },
    backTo: "Volver a {name}",
    demoName: "Aviso",
    demo: "{mode:Modo de prueba:} las respuestas son inventadas.",
  },
  home: {
    title: "¿En qué está trabajando?",
    search: "Buscar una herramienta",
    tools: "Herramientas",
    otherTools: "Otras herramientas",
    noneFound: "Ninguna herramienta para «{query}».",
    found: {
      one: "# herramienta para «{query}».",
      many: "# herramientas para «{query}».",
      other: "# herramientas para «{query}».",
    },
    showAll: "Mostrar todas las herramientas",
    empty: "Todavía no hay herramientas.",
    emptyText: "En cuanto {organisation} añada una, aparecerá aquí.",
  },
  chat: SPANISH_CHAT,
  turn: SPANISH_TURN,
  composer: SPANISH_COMPOSER,
  pictures: SPANISH_PICTURES,
  voice: SPANISH_VOICE,
  meter: SPANISH_METER,
  removal: {
    title: "¿Eliminar esta conversación?",
    empty: "No hay nada que eliminar: la conversación está vacía.",
    forGood: "Esto no se puede deshacer.",
    lost: {
      one:
        "Se elimina ahora un mensaje, con sus valoraciones. Solo se conserva el coste, no el texto.",
      many:
        "Se eliminan ahora # mensajes, con sus valoraciones. Solo se conserva el coste, no el texto.",
      other:
        "Se eliminan ahora # mensajes, con sus valoraciones. Solo se conserva el coste, no el texto.",
    },
    confirm: "Eliminar la conversación",
    cancel: "Cancelar",
  },
  dataExport: {
    title: "Sus datos",
    about:
      "Todas sus conversaciones en un archivo de texto. Guárdelo donde solo usted pueda leerlo.",
    download: "Descargar",
    expired: "Esta dirección ha caducado. Envíe {command:EXPORTAR} por WhatsApp para recibir otra.",
  },
  reason: {
    title: "Decir por qué",
    question: "¿Qué falla en esta respuesta?",
    field: "En una frase, si quiere. Ayuda a quienes cuidan de {tool}.",
    send: "Enviar",
    back: "Volver",
  },
  link: SPANISH_LINK,
  linkWait: { waiting: "Esperando su mensaje. El código vale hasta las {time}." },
  errorPage: {
    status: "Error {status}",
    errors: {
      400: { title: "No ha funcionado", detail: "Algo de la petición no se entendió." },
      403: { title: "Sin permiso", detail: "No tiene acceso a esta página." },
      404: {
        title: "Página no encontrada",
        detail:
          "No hay nada en esta dirección. Puede que la herramienta haya cambiado de nombre o ya no exista.",
      },
      409: {
        title: "Un momento",
        detail: "Todavía se está escribiendo una respuesta. Espere o deténgala.",
      },
      413: {
        title: "Demasiado largo",
        detail: "Es más de lo que la página admite. Pruebe con un texto más corto.",
      },
      429: {
        title: "Un poco más despacio, por favor",
        detail: "Hubo demasiadas peticiones en poco tiempo.",
      },
      503: {
        title: "Volvemos enseguida",
        detail: "El servicio no está disponible ahora. No se ha perdido nada suyo.",
      },
      other: {
        title: "Algo ha fallado",
        detail: "Es un fallo nuestro, no suyo. Ha quedado anotado y no se ha perdido nada suyo.",
      },
    },
    retrySeconds: {
      one: "Inténtelo de nuevo en un segundo.",
      many: "Inténtelo de nuevo en # segundos.",
      other: "Inténtelo de nuevo en # segundos.",
    },
    retryMinutes: {
      one: "Inténtelo de nuevo en un minuto.",
      many: "Inténtelo de nuevo en # minutos.",
      other: "Inténtelo de nuevo en # minutos.",
    },
    reference: "Referencia: {reference}",
    back: "Ver todas las herramientas",
  },
};
