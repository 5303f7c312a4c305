import type { LinkTexts } from "./link_texts.ts";

export const SPANISH_LINK: LinkTexts = {
  title: "Continuar en WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "El vínculo con {phone} terminó el {time}: se terminó desde el teléfono.",
    replaced:
      "El vínculo con {phone} terminó el {time}: el teléfono se vinculó con otro navegador.",
    seen: "De acuerdo",
  },
  code: {
    offer: "Vincule este navegador con WhatsApp para seguir esta conversación en su teléfono.",
    expired: "El código ha caducado. No se vinculó nada.",
    show: "Mostrar mi código",
    showNew: "Mostrar un código nuevo",
    here: "Abrir WhatsApp en este dispositivo",
    otherWay: "O {byNumber:reciba un código por WhatsApp} y escríbalo aquí.",
    picture: "Código QR que abre WhatsApp con el mensaje LINK {code}",
    steps: ["1. Abra WhatsApp", "2. Envíe el mensaje"],
    open: "Abrir WhatsApp",
    openAbout: "Allí hay un mensaje listo con su código.",
    sendAbout: "No cambie el código. Esta página continúa sola.",
    elsewhere: "WhatsApp está en otro teléfono",
    scanElsewhere: "Escanéelo con la cámara de ese teléfono.",
    scan: "Escanéelo con la cámara de su teléfono",
    scanAbout: "WhatsApp se abre con un mensaje. Envíelo tal cual y esta página continúa sola.",
    byHand: "¿Sin cámara? Escriba esto al {number}:",
    waiting: "Esperando su mensaje. Esta página mira cada pocos segundos. {look:Mirar ahora}",
    renew: "Código nuevo",
  },
  byNumber: {
    enterCode: "Escriba el código",
    sent: {
      one:
        "Si {phone} nos escribió en las últimas 24 horas, ahora tiene un código que vale un minuto más. ¿No llegó nada? Envíenos antes cualquier mensaje por WhatsApp y pídalo de nuevo, o {scan:escanee el código QR}: eso siempre funciona.",
      many:
        "Si {phone} nos escribió en las últimas 24 horas, ahora tiene un código que vale # minutos más. ¿No llegó nada? Envíenos antes cualquier mensaje por WhatsApp y pídalo de nuevo, o {scan:escanee el código QR}: eso siempre funciona.",
      other:
        "Si {phone} nos escribió en las últimas 24 horas, ahora tiene un código que vale # minutos más. ¿No llegó nada? Envíenos antes cualquier mensaje por WhatsApp y pídalo de nuevo, o {scan:escanee el código QR}: eso siempre funciona.",
    },
    code: "El código del mensaje",
    link: "Vincular",
    title: "Recibir un código por WhatsApp",
    titleAgain: "Otro número, o un código nuevo",
    about:
      "Enviamos un código a su teléfono si nos escribió en las últimas 24 horas: WhatsApp no permite otra cosa. Si no, envíenos antes cualquier mensaje o {scan:escanee el código QR}.",
    phone: "Su número de WhatsApp, con el prefijo del país",
    send: "Enviarme un código",
    back: "Volver",
    answer:
      "Si este número nos escribió en las últimas 24 horas, ahora tiene un código. Si no llegó nada, envíenos antes cualquier mensaje por WhatsApp o envíenos un código desde el teléfono.",
  },
  linked: {
    since: "Vinculado con {phone} desde el {time}. Escriba sin más, aquí o allí.",
    silent: {
      stopped:
        "Ahora no se envía nada allí, porque desde el teléfono se envió STOP. START lo reanuda.",
      window:
        "Ahora no se envía nada allí, porque usted no escribió en WhatsApp durante 24 horas. Cualquier mensaje lo reanuda.",
    },
    mirror: "¿Qué llega de esta página a WhatsApp?",
    choices: {
      reply: ["La respuesta", "{cost} por cada mensaje suyo aquí"],
      both: ["Mi pregunta y la respuesta", "{cost} por cada mensaje suyo aquí"],
      off: ["Nada", "sin coste; lo que escriba en WhatsApp se responde allí igualmente"],
    },
    about:
      "Una respuesta larga son varios mensajes. No se envía nada si usted no escribió en WhatsApp durante 24 horas o si envió STOP allí.",
    save: "Guardar",
    unlinkTitle: "Terminar el vínculo",
    unlinkAbout:
      "Lo dicho se queda en esta página. Se avisa al teléfono y vuelven sus conversaciones anteriores.",
    unlink: "Desvincular",
  },
  about: {
    title: "Qué significa vincular",
    points: [
      "La conversación es la misma aquí y en WhatsApp, con todas las herramientas.",
      "Quien tenga el teléfono o use este navegador puede leerla y continuarla.",
      "Las conversaciones anteriores del teléfono quedan aparte y vuelven cuando desvincule.",
      "Los mensajes pasan por Meta y Twilio. Esta página muestra solo las últimas cifras de su número.",
    ],
    cost:
      "Usted no paga nada. Cada mensaje le cuesta {cost} a la organización. Escriba DESVINCULAR en el teléfono para terminar; lo dicho se queda aquí.",
  },
};
