import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { PORTUGUESE_COMPOSER } from "../../page/chat/pt.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { PORTUGUESE_MEDIA } from "../media/pt.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = PORTUGUESE_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "no máximo os identificadores de quatro imagens e de uma gravação",
  chatAction: "send, edit, regenerate ou continue",
  linkCode: "o código da mensagem",
  linkCodeBody: "um objeto com code",
  messageNumber: "o número de uma mensagem",
  messageText: "falta o texto",
  object: "um objeto",
  phone: "um número de telefone",
  requestId: "de 16 a 64 letras, algarismos, - ou _",
  toolId: "minúsculas, algarismos e hífenes, no máximo 64",
  turnBody: "um objeto com toolId e message",
};

const TOO_MANY = {
  messages: "Muitas mensagens",
  codes: "Muitos códigos",
  recordings: "Muitas gravações",
} as const;

export const PORTUGUESE_ERRORS: ErrorTexts = {
  titles: {
    invalid: "O pedido não está certo",
    denied: "Isto não é permitido",
    missing: "Não há nada aqui",
    conflict: "Isto não encaixa no que existe",
    too_large: "É demasiado grande",
    too_slow: "O pedido demorou demasiado",
    wrong_type: "Este tipo de conteúdo não é aceite",
    wrong_host: "Este endereço não é servido aqui",
    unauthenticated: "É precisa uma chave",
    limited: "Demasiados pedidos",
    over_budget: "O orçamento de hoje está esgotado",
    over_share: "A sua parte de hoje está esgotada",
    unavailable: "Não disponível de momento",
    upstream: "Um serviço necessário não respondeu",
  },
  internal: {
    title: "Algo correu mal aqui",
    detail: "A falha ficou registada. Tente de novo daqui a pouco.",
  },
  wrongMethod: "Este endereço não aceita esse tipo de pedido.",
  errors: {
    ...PORTUGUESE_MEDIA,
    "address.malformed": "O endereço contém um % que não representa nenhum carácter.",
    "budget.held": "O que resta do orçamento de hoje está reservado para respostas em curso.",
    "budget.message_too_long":
      "Esta mensagem é demasiado longa para o que resta do orçamento de hoje. Escreva uma mais curta.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `Esta ferramenta chegou ao limite deste mês. Abre de novo em ${
        dayAndMonth(opensAt, "pt", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `Esta ferramenta chegou ao limite de hoje. ${
        sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)
      }`,
    "conversation.changed": "A conversa mudou: essa mensagem já não existe.",
    "conversation.gone": "Essa conversa já não existe.",
    "conversation.too_many_versions":
      "Esta conversa tem demasiadas versões. Comece uma nova para continuar.",
    "conversation.version_gone": "Essa versão já não existe.",
    "note.gone": "Essa nota já não existe.",
    "device.code_over": "Este código já não vale. Mostre um novo no primeiro dispositivo.",
    "device.same": "Este é o dispositivo que mostra o código. Abra o endereço noutro.",
    "device.ended": "Este dispositivo foi terminado a partir de outro. Recarregue a página.",
    "device.not_first": "Os dispositivos gerem-se no primeiro.",
    "device.too_many": ({ most }) => `No máximo ${most} dispositivos. Termine um primeiro.`,
    "share.off": "A partilha está desligada aqui.",
    "share.ended": "Esta ligação terminou. Peça uma nova.",
    "share.too_many": ({ most }) => `Uma conversa pode ter ${most} ligações. Termine uma primeiro.`,
    "metrics.token_needed": "As métricas só são ditas a administradores e com o token.",
    "cost.token_needed": "Os custos só são ditos a administradores e com o token.",
    "cost.tool_id": "Não é possível dizer o custo: `toolId` não é o de nenhuma ferramenta.",
    "host.unknown":
      "Este servidor não é conhecido por este nome. Quem o gere pode acrescentar o nome a ALLOWED_HOSTS.",
    "host.unreadable": "O pedido não nomeia nenhum servidor que se perceba.",
    "link.code_expired": "Esse código expirou. Peça um novo.",
    "link.code_wrong":
      "Esse código não está certo. Veja outra vez a mensagem ou peça um código novo.",
    "link.invalid": ({ field, takes }) =>
      `Não é possível ligar: \`${field}\` aceita ${TAKES[takes]}.`,
    "link.phone":
      "Isso não é um número de telefone. Escreva-o com o indicativo do país, como +41 79 123 45 67.",
    "message.empty": "A mensagem está vazia. Escreva algo primeiro.",
    "message.invalid": ({ field, takes }) =>
      `Não é possível aceitar a mensagem: \`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "pt"), longest: formatCount(longest, "pt") }),
    "mirror.missing": "Escolha o que vai para o WhatsApp.",
    "model.ended": () =>
      "Esta ferramenta não pode responder: o seu modelo de IA já não existe. A organização que gere esta página foi avisada. Use outra ferramenta.",
    "model.unpriced": ({ model }) =>
      `Nada foi enviado: não se conhece o preço do modelo “${model}”. Um administrador pode acrescentá-lo aos preços.`,
    "page.outdated": "Esta página está desatualizada. Carregue-a de novo.",
    "rate.limited": ({ things, waitMs }) =>
      `${TOO_MANY[things]} em pouco tempo. Pode continuar ${
        secondsUntil(Math.ceil(waitMs / 1000), "pt")
      }.`,
    "rating.missing": "Não é possível avaliar a resposta: falta `up`, `down` ou `none`.",
    "rating.outdated":
      "Não é possível avaliar a resposta: a página está desatualizada. Carregue-a de novo.",
    "reply.gone": "Essa resposta já não está na sua conversa.",
    "request.broken": "Não foi possível ler o pedido até ao fim.",
    "request.form": "O formulário chegou de uma forma que aqui não se entende.",
    "request.late": "O pedido não chegou a tempo. Tente de novo.",
    "request.name_too_long": "Um nome neste pedido é demasiado longo.",
    "request.no_json": "O pedido não é JSON válido.",
    "request.no_text": "Não foi possível ler o pedido até ao fim como texto UTF-8.",
    "request.not_json_type": "Aqui só se aceita JSON (content-type: application/json).",
    "request.too_large": ({ bytes }) =>
      `A mensagem é demasiado longa: aceitam-se no máximo ${bytes / 1024} KiB.`,
    "server.busy": "O servidor está ocupado com muitos pedidos. Tente de novo.",
    "server.restarting": "O servidor está a reiniciar. Tente de novo dentro de alguns segundos.",
    "share.held": "O que resta da sua parte de hoje está reservado para respostas em curso.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "Usou a sua parte deste mês."
          : "As novas visitas da sua rede usaram a sua parte deste mês."
      } Pode enviar de novo em ${dayAndMonth(opensAt, "pt", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "Usou a sua parte de hoje."
          : "As novas visitas da sua rede usaram a sua parte de hoje."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing":
      "De momento nada pode ser guardado nem lido. Tente de novo dentro de um minuto.",
    "store.too_large": "É demasiado grande para ser guardado.",
    "token.wrong": "Este token não é o certo.",
    "tool.gone": "Esta ferramenta já não está disponível.",
    "turn.asked_elsewhere":
      "Esta mensagem já foi enviada a outra ferramenta. Envie-a aqui como uma mensagem nova.",
    "turn.busy":
      "Ainda se está a escrever uma resposta nesta conversa. Espere que termine ou pare-a.",
    "turn.not_stopped":
      "Não foi possível parar a tempo a resposta em curso. Tente de novo daqui a pouco.",
    "voice.no_transcriber": "As mensagens de voz não podem ser passadas a texto aqui.",
    "voice.unpriced": ({ model }) =>
      `Nada foi enviado: não se conhece o preço de um minuto de “${model}”. Um administrador pode acrescentá-lo aos preços.`,
    "whatsapp.not_offered": "O WhatsApp não é oferecido aqui.",
    "whatsapp.not_twilio": "Este pedido não é da Twilio.",
    "whatsapp.off": "O WhatsApp está desligado.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} não está disponível no WhatsApp.`,
  },
};
