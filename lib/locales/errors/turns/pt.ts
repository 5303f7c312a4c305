import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "Usou quase toda a sua parte de hoje",
  address: "As novas visitas da sua rede usaram quase toda a sua parte de hoje",
  tool: "O orçamento de hoje desta ferramenta está quase esgotado",
};

export const PORTUGUESE_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "A resposta estava vazia",
      detail:
        "O serviço de IA terminou sem texto. A sua pergunta está guardada. Tente de novo ou diga-o por outras palavras.",
    },
    internal: {
      title: "Algo correu mal aqui",
      detail:
        "A sua pergunta está guardada. Tente de novo; se voltar a acontecer, avise a organização que gere esta página.",
    },
    interrupted: {
      title: "A resposta foi interrompida",
      detail:
        "O servidor reiniciou enquanto escrevia. A sua pergunta está guardada. Tente de novo.",
    },
    "provider-account-empty": {
      title: "A conta do serviço de IA está vazia",
      detail:
        "A organização que gere esta página tem de acrescentar saldo lá. Avise-a; a sua pergunta fica guardada até então.",
    },
    "provider-broken": {
      title: "A resposta cortou-se",
      detail:
        "O serviço de IA terminou a resposta cedo demais. A sua pergunta e a resposta parcial estão guardadas. Tente de novo.",
    },
    "provider-busy": (seconds) => ({
      title: "O serviço de IA está ocupado",
      detail:
        `Chegaram-lhe demasiados pedidos ao mesmo tempo. A sua pergunta está guardada. Tente de novo ${
          seconds === null ? "daqui a pouco" : secondsUntil(seconds, "pt")
        }.`,
    }),
    "provider-down": {
      title: "Não é possível chegar ao serviço de IA",
      detail: "A sua pergunta está guardada. Tente de novo daqui a pouco.",
    },
    "provider-filtered": {
      title: "O serviço de IA não responde a isto",
      detail: "O filtro dele parou a pergunta ou a resposta. Diga-o por outras palavras.",
    },
    "provider-only-thinking": {
      title: "O modelo de IA não passou de pensar",
      detail:
        "Gastou todo o comprimento de uma resposta a pensar. Pergunte algo mais simples. A organização que gere esta página pode permitir respostas mais longas ou escolher um modelo que pense menos.",
    },
    "provider-refused": {
      title: "O serviço de IA recusou o pedido",
      detail:
        "A organização que gere esta página tem de rever as suas definições. A sua pergunta está guardada.",
    },
    "provider-timeout": {
      title: "O serviço de IA demorou demasiado",
      detail:
        "Deixou de responder. A sua pergunta e a resposta parcial estão guardadas. Tente de novo.",
    },
    "provider-too-long": {
      title: "Esta conversa é demasiado longa para o modelo de IA",
      detail: "Comece uma nova conversa e pergunte lá, ou pergunte algo mais curto.",
    },
    "provider-withdrawn": {
      title: "O serviço de IA retirou a sua resposta",
      detail: "Faça a pergunta por outras palavras.",
    },
    restored: {
      title: "A resposta não pôde ser guardada",
      detail:
        "Entretanto foi reposta uma cópia anterior de todas as conversas. Carregue a página de novo e volte a perguntar.",
    },
    store: {
      title: "A resposta não pôde ser guardada",
      detail: "De momento nada pode ser guardado nem lido. Tente de novo dentro de um minuto.",
    },
    unsaved: {
      title: "A resposta não pôde ser guardada",
      detail:
        "O que o serviço de IA escreveu não pode ser guardado. A sua pergunta está. Tente de novo ou diga-o por outras palavras.",
    },
  },
  reviewed:
    "Para melhorar estas ferramentas, pessoas desta organização podem ler esta conversa. Não escreva nada que deva ficar privado.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]}; responde um modelo mais barato.`,
    failed_over: () => "Respondeu outro modelo, porque o habitual falhou.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]}; esta resposta fica curta.`,
    alert: ({ session }) =>
      `Esta conversa custou ${
        formatUsd(session, "pt")
      } até agora. Uma conversa nova custa menos, porque com cada mensagem se envia menos texto.`,
  },
};
