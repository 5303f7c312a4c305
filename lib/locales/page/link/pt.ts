import type { LinkTexts } from "./link_texts.ts";

export const PORTUGUESE_LINK: LinkTexts = {
  title: "Continuar no WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "A ligação com {phone} terminou em {time}: foi terminada no telefone.",
    replaced: "A ligação com {phone} terminou em {time}: o telefone foi ligado a outro navegador.",
    seen: "Está bem",
  },
  code: {
    offer: "Ligue este navegador ao WhatsApp para continuar esta conversa no seu telefone.",
    expired: "O código expirou. Nada foi ligado.",
    show: "Mostrar o meu código",
    showNew: "Mostrar um código novo",
    here: "Abrir o WhatsApp neste dispositivo",
    otherWay: "Ou {byNumber:receba um código pelo WhatsApp} e escreva-o aqui.",
    picture: "Código QR que abre o WhatsApp com a mensagem LINK {code}",
    steps: ["1. Abra o WhatsApp", "2. Envie a mensagem"],
    open: "Abrir o WhatsApp",
    openAbout: "Está lá uma mensagem pronta com o seu código.",
    sendAbout: "Não altere o código. Esta página continua sozinha.",
    elsewhere: "O WhatsApp está noutro telefone",
    scanElsewhere: "Leia isto com a câmara desse telefone.",
    scan: "Leia isto com a câmara do seu telefone",
    scanAbout:
      "O WhatsApp abre com uma mensagem. Envie-a tal como está, e esta página continua sozinha.",
    byHand: "Sem câmara? Escreva isto para {number}:",
    waiting:
      "À espera da sua mensagem. Esta página verifica a cada poucos segundos. {look:Verificar agora}",
    renew: "Código novo",
  },
  byNumber: {
    enterCode: "Escreva o código",
    sent: {
      one:
        "Se {phone} nos escreveu nas últimas 24 horas, tem agora um código que vale mais # minuto. Não chegou nada? Envie-nos primeiro uma mensagem qualquer pelo WhatsApp e peça de novo, ou {scan:leia o código QR}: isso funciona sempre.",
      many:
        "Se {phone} nos escreveu nas últimas 24 horas, tem agora um código que vale mais # minutos. Não chegou nada? Envie-nos primeiro uma mensagem qualquer pelo WhatsApp e peça de novo, ou {scan:leia o código QR}: isso funciona sempre.",
      other:
        "Se {phone} nos escreveu nas últimas 24 horas, tem agora um código que vale mais # minutos. Não chegou nada? Envie-nos primeiro uma mensagem qualquer pelo WhatsApp e peça de novo, ou {scan:leia o código QR}: isso funciona sempre.",
    },
    code: "O código da mensagem",
    link: "Ligar",
    title: "Receber um código pelo WhatsApp",
    titleAgain: "Outro número, ou um código novo",
    about:
      "Enviamos um código para o seu telefone se ele nos escreveu nas últimas 24 horas: o WhatsApp não permite outra coisa. Se não, envie-nos primeiro uma mensagem qualquer, ou {scan:leia o código QR}.",
    phone: "O seu número do WhatsApp, com o indicativo do país",
    send: "Enviar-me um código",
    back: "Voltar",
    answer:
      "Se este número nos escreveu nas últimas 24 horas, tem agora um código. Se não chegou nada, envie-nos primeiro uma mensagem qualquer pelo WhatsApp, ou envie-nos um código a partir do telefone.",
  },
  linked: {
    since: "Ligado a {phone} desde {time}. Basta escrever, aqui ou lá.",
    silent: {
      stopped:
        "Agora nada é enviado para lá, porque se enviou STOP no telefone. START retoma o envio.",
      window:
        "Agora nada é enviado para lá, porque não escreveu no WhatsApp durante 24 horas. Qualquer mensagem retoma o envio.",
    },
    mirror: "O que vai desta página para o WhatsApp?",
    choices: {
      reply: ["A resposta", "{cost} por cada mensagem sua aqui"],
      both: ["A minha pergunta e a resposta", "{cost} por cada mensagem sua aqui"],
      off: ["Nada", "sem custo; o que escrever no WhatsApp tem resposta lá na mesma"],
    },
    about:
      "Uma resposta longa são várias mensagens. Nada é enviado se não escreveu no WhatsApp durante 24 horas, ou se lá enviou STOP.",
    save: "Guardar",
    unlinkTitle: "Terminar a ligação",
    unlinkAbout:
      "O que foi dito fica nesta página. O telefone é avisado, e as conversas anteriores dele voltam.",
    unlink: "Desligar",
  },
  about: {
    title: "O que significa ligar",
    points: [
      "A conversa é a mesma aqui e no WhatsApp, com todas as ferramentas.",
      "Quem tiver o telefone ou usar este navegador pode lê-la e continuá-la.",
      "As conversas anteriores do seu telefone ficam à parte e voltam quando desligar.",
      "As mensagens passam pela Meta e pela Twilio. Esta página mostra só os últimos algarismos do seu número.",
    ],
    cost:
      "Não paga nada. Cada mensagem custa {cost} à organização. Escreva DESVINCULAR no telefone para terminar; o que foi dito fica aqui.",
  },
};
