import type { VoiceTexts } from "./voice_texts.ts";

export const SPANISH_VOICE: VoiceTexts = {
  record: "Grabar un mensaje de voz",
  placeholder: "Escriba o hable",
  recorder: "Grabación",
  recording: "Grabando, hasta {minutes} minutos. Pulse la marca para terminar.",
  paused: "La grabación está en pausa.",
  longest: "La grabación ha llegado a su duración máxima.",
  discard: "Descartar",
  discarded: "La grabación se ha descartado.",
  pause: "Pausa",
  resume: "Seguir grabando",
  finish: "Terminar",
  sending: "Enviando su grabación, {percent} %. Puede cerrar esta página, seguirá después.",
  sent: "Enviado",
  waiting:
    "Su grabación está guardada. Se envía cuando vuelva la red, ya ha llegado el {percent} %.",
  writing: "Pasando a texto …",
  check: "Revise el texto y corríjalo. Luego envíelo.",
  play: "Escuchar su grabación",
  stop: "Detener",
  remove: "Quitar la grabación",
  atOnce: "Enviar los mensajes de voz enseguida, sin revisar el texto",
  keep: "Guardar la grabación con el mensaje",
  goesAlong: "El modelo también escucha la grabación.",
  marker: "(Mensaje de voz, {time}, sin transcribir)",
  notHeard: "No se oyó nada en su grabación.",
  notWritten: "Su grabación no se pasó a texto.",
  tryAgain: "Intentar de nuevo",
  choose: "Elegir una grabación",
  refused: {
    blocked: [
      "El micrófono está bloqueado.",
      "Permítalo en los ajustes de su navegador o elija una grabación.",
    ],
    missing: ["No se encontró ningún micrófono.", "Conecte uno o elija una grabación."],
    busy: [
      "No se puede usar el micrófono.",
      "Cierre otras aplicaciones que graben o elija una grabación.",
    ],
    insecure: [
      "Esta página no puede grabar.",
      "Los navegadores solo graban en direcciones que empiezan por https. Puede elegir una grabación.",
    ],
    unsupported: ["Este navegador no puede grabar.", "Puede elegir una grabación."],
  },
  form: { label: "Grabe o elija una grabación", send: "Pasar a texto" },
};
