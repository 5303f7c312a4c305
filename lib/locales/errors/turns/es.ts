import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "Ha usado la mayor parte de su parte de hoy",
  address: "Las visitas nuevas de su red han usado la mayor parte de su parte de hoy",
  tool: "El presupuesto de hoy de esta herramienta está casi agotado",
};

export const SPANISH_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "La respuesta estaba vacía",
      detail:
        "El servicio de IA terminó sin texto. Su pregunta está guardada. Inténtelo de nuevo o dígalo con otras palabras.",
    },
    internal: {
      title: "Algo ha fallado aquí",
      detail:
        "Su pregunta está guardada. Inténtelo de nuevo; si vuelve a ocurrir, avise a la organización que lleva esta página.",
    },
    interrupted: {
      title: "La respuesta se interrumpió",
      detail:
        "El servidor se reinició mientras escribía. Su pregunta está guardada. Inténtelo de nuevo.",
    },
    "provider-account-empty": {
      title: "La cuenta del servicio de IA está vacía",
      detail:
        "La organización que lleva esta página tiene que añadir saldo allí. Avísele; su pregunta queda guardada hasta entonces.",
    },
    "provider-broken": {
      title: "La respuesta se cortó",
      detail:
        "El servicio de IA terminó la respuesta demasiado pronto. Su pregunta y la respuesta parcial están guardadas. Inténtelo de nuevo.",
    },
    "provider-busy": (seconds) => ({
      title: "El servicio de IA está ocupado",
      detail:
        `Le llegaron demasiadas peticiones a la vez. Su pregunta está guardada. Inténtelo de nuevo ${
          seconds === null ? "en un momento" : secondsUntil(seconds, "es")
        }.`,
    }),
    "provider-down": {
      title: "No se puede llegar al servicio de IA",
      detail: "Su pregunta está guardada. Inténtelo de nuevo en un momento.",
    },
    "provider-filtered": {
      title: "El servicio de IA no responde a esto",
      detail: "Su filtro detuvo la pregunta o la respuesta. Dígalo con otras palabras.",
    },
    "provider-only-thinking": {
      title: "El modelo de IA no pasó de pensar",
      detail:
        "Gastó toda la longitud de una respuesta en pensar. Pregunte algo más sencillo. La organización que lleva esta página puede permitir respuestas más largas o elegir un modelo que piense menos.",
    },
    "provider-refused": {
      title: "El servicio de IA rechazó la petición",
      detail:
        "La organización que lleva esta página tiene que revisar sus ajustes. Su pregunta está guardada.",
    },
    "provider-timeout": {
      title: "El servicio de IA tardó demasiado",
      detail:
        "Dejó de responder. Su pregunta y la respuesta parcial están guardadas. Inténtelo de nuevo.",
    },
    "provider-too-long": {
      title: "Esta conversación es demasiado larga para el modelo de IA",
      detail: "Empiece una conversación nueva y pregunte allí, o pregunte algo más corto.",
    },
    "provider-withdrawn": {
      title: "El servicio de IA retiró su respuesta",
      detail: "Haga la pregunta con otras palabras.",
    },
    restored: {
      title: "La respuesta no se pudo guardar",
      detail:
        "Mientras tanto se recuperó una copia anterior de todas las conversaciones. Cargue la página de nuevo y vuelva a preguntar.",
    },
    store: {
      title: "La respuesta no se pudo guardar",
      detail: "En este momento no se puede guardar ni leer nada. Inténtelo de nuevo en un minuto.",
    },
    unsaved: {
      title: "La respuesta no se pudo guardar",
      detail:
        "Lo que escribió el servicio de IA no se puede guardar. Su pregunta sí. Inténtelo de nuevo o dígalo con otras palabras.",
    },
  },
  reviewed:
    "Para mejorar estas herramientas, personas de esta organización pueden leer esta conversación. No escriba nada que deba quedar en privado.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]}; responde un modelo más barato.`,
    failed_over: () => "Ha respondido otro modelo, porque el habitual falló.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]}; esta respuesta será corta.`,
    alert: ({ session }) =>
      `Esta conversación ha costado ${
        formatUsd(session, "es")
      } hasta ahora. Una conversación nueva cuesta menos, porque con cada mensaje se envía menos texto.`,
  },
};
