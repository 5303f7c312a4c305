import {
  PORTUGUESE_CHAT,
  PORTUGUESE_COMPOSER,
  PORTUGUESE_METER,
  PORTUGUESE_TURN,
} from "./chat/pt.ts";
import { PORTUGUESE_LINK } from "./link/pt.ts";
import { PORTUGUESE_PICTURES } from "./pictures/pt.ts";
import type { PageTexts } from "./texts.ts";
import { PORTUGUESE_VOICE } from "./voice/pt.ts";

export const PORTUGUESE_PAGES: PageTexts = {
  language: "pt",
  frame: {
    description: "Ferramentas de IA para conversar, aqui e no WhatsApp.",
    skip: "Ir para o conteúdo",
    notice: "A IA pode errar.",
    kept: {
      one: "As conversas são guardadas por # dia.",
      many: "As conversas são guardadas por # dias.",
      other: "As conversas são guardadas por # dias.",
    },
    keptWithSound: {
      one: "As conversas e as gravações são guardadas por # dia.",
      many: "As conversas e as gravações são guardadas por # dias.",
      other: "As conversas e as gravações são guardadas por # dias.",
    },
    backTo: "Voltar a {name}",
    demoName: "Aviso",
    demo: "{mode:Modo de demonstração:} as respostas são inventadas.",
  },
  home: {
    title: "Em que está a trabalhar?",
    search: "Procurar uma ferramenta",
    tools: "Ferramentas",
    otherTools: "Outras ferramentas",
    noneFound: "Nenhuma ferramenta para “{query}”.",
    found: {
      one: "# ferramenta para “{query}”.",
      many: "# ferramentas para “{query}”.",
      other: "# ferramentas para “{query}”.",
    },
    showAll: "Mostrar todas as ferramentas",
    empty: "Ainda não há ferramentas.",
    emptyText: "Assim que {organisation} acrescentar uma, ela aparece aqui.",
  },
  chat: PORTUGUESE_CHAT,
  turn: PORTUGUESE_TURN,
  composer: PORTUGUESE_COMPOSER,
  pictures: PORTUGUESE_PICTURES,
  voice: PORTUGUESE_VOICE,
  meter: PORTUGUESE_METER,
  removal: {
    title: "Eliminar esta conversa?",
    empty: "Não há nada para eliminar: a conversa está vazia.",
    forGood: "Não pode ser desfeito.",
    lost: {
      one:
        "Uma mensagem é eliminada agora, com as suas avaliações. Só o custo é guardado, não o texto.",
      many:
        "# mensagens são eliminadas agora, com as suas avaliações. Só o custo é guardado, não o texto.",
      other:
        "# mensagens são eliminadas agora, com as suas avaliações. Só o custo é guardado, não o texto.",
    },
    confirm: "Eliminar a conversa",
    cancel: "Cancelar",
  },
  dataExport: {
    title: "Os seus dados",
    about: "Todas as suas conversas num ficheiro de texto. Guarde-o onde só você o possa ler.",
    download: "Descarregar",
    expired: "Este endereço expirou. Envie {command:EXPORTAR} no WhatsApp para receber outro.",
  },
  reason: {
    title: "Dizer porquê",
    question: "O que está mal nesta resposta?",
    field: "Numa frase, se quiser. Ajuda quem cuida de {tool}.",
    send: "Enviar",
    back: "Voltar",
  },
  link: PORTUGUESE_LINK,
  linkWait: { waiting: "À espera da sua mensagem. O código vale até às {time}." },
  errorPage: {
    status: "Erro {status}",
    errors: {
      400: { title: "Não funcionou", detail: "Algo no pedido não foi entendido." },
      403: { title: "Sem permissão", detail: "Não tem acesso a esta página." },
      404: {
        title: "Página não encontrada",
        detail:
          "Não há nada neste endereço. A ferramenta pode ter mudado de nome ou ter sido retirada.",
      },
      409: {
        title: "Um momento",
        detail: "Ainda se está a escrever uma resposta. Espere ou pare-a.",
      },
      413: {
        title: "Demasiado longo",
        detail: "É mais do que a página aceita. Tente um texto mais curto.",
      },
      429: {
        title: "Um pouco mais devagar, por favor",
        detail: "Houve demasiados pedidos em pouco tempo.",
      },
      503: {
        title: "Voltamos já",
        detail: "O serviço não está disponível agora. Nada do que é seu se perdeu.",
      },
      other: {
        title: "Algo correu mal",
        detail: "A falha é nossa, não sua. Ficou registada, e nada do que é seu se perdeu.",
      },
    },
    retrySeconds: {
      one: "Tente de novo dentro de # segundo.",
      many: "Tente de novo dentro de # segundos.",
      other: "Tente de novo dentro de # segundos.",
    },
    retryMinutes: {
      one: "Tente de novo dentro de # minuto.",
      many: "Tente de novo dentro de # minutos.",
      other: "Tente de novo dentro de # minutos.",
    },
    reference: "Referência: {reference}",
    back: "Ver todas as ferramentas",
  },
};
