import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("pt");
const units = {
  minutes: (count: number) => counted(count, { one: "# minuto", other: "# minutos" }),
  seconds: (count: number) => counted(count, { one: "# segundo", other: "# segundos" }),
  replies: (count: number) => counted(count, { one: "# resposta", other: "# respostas" }),
  messages: (count: number) => counted(count, { one: "# mensagem", other: "# mensagens" }),
  characters: (count: number) => counted(count, { one: "# caractere", other: "# caracteres" }),
};

const about = (usd: string | null) =>
  usd === null ? "menos de 1 centavo de dólar" : `cerca de ${usd}`;

export const PORTUGUESE: WhatsAppTexts = {
  welcome:
    "👋 Olá! Aqui quem responde é uma IA. Ela pode errar, e cada mensagem custa um pouco a esta organização.\n\nEnvie *AJUDA* para ver o que pode fazer e *IDIOMA* para outro idioma. Envie *STOP* e não receberá mais mensagens.",
  menu: (page, current) =>
    menuLines("*Em que posso ajudar?* Envie um número.", page, {
      current: current === null ? null : `Agora: ${bold(current)}`,
      page: `Página ${page.page} de ${page.pages}.`,
      more: "Envie *MAIS* para a próxima.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "Pode começar: o que posso fazer por você? *MENU* mostra todas as ferramentas.",
  ambiguous: (items) => `Qual delas? Envie o número.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null
      ? "Nenhuma ferramenta foi escolhida ainda."
      : `Você está falando com ${bold(tool)}.`) +
    " " +
    "É só escrever. Ou envie:\n\n*MENU* – todas as ferramentas\n*NOVO* – nova conversa\n*CUSTO* – quanto isto custou\n*IDIOMA* – outro idioma\n*LINK* – continuar na web\n*DESVINCULAR* – terminar isso\n*ESPELHO* – o que chega aqui da web\n*VOZ* – respostas faladas\n*MEMÓRIA* – o que as ferramentas lembram de você\n*EXPORTAR* – os seus dados\n*APAGAR MEUS DADOS* – apagá-los\n*STOP* – não receber mais mensagens",
  noTools: "No momento não há nada disponível no WhatsApp. Tente outro dia.",
  pickFirst: "Escolha primeiro em que devo ajudar.",
  dataHandled: (tool) =>
    `O que você escreve a ${
      bold(tool)
    } vai para um provedor de IA e fica guardado aqui. Não envie nada secreto. *APAGAR MEUS DADOS* apaga tudo.`,
  newStarted: (tool) => `🆕 Nova conversa com ${bold(tool)}. O que veio antes não é mais usado.`,
  cost: ({ replies, conversation, today }) =>
    `💰 Esta conversa: ${conversation} (${units.replies(replies)}).\nHoje ao todo: ${today}.`,
  exportSent: (messages) => `📄 Aqui estão os seus dados (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 Os seus dados, por ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "Ainda não há dados seus para exportar.",
  deleteAsk:
    "⚠️ Apagar para sempre as suas conversas, o que lembro de você e os seus vínculos? Envie *SIM* para apagar ou *NÃO* para manter.",
  deleteDone: "🗑️ Os seus dados foram apagados. Escreva quando quiser para recomeçar.",
  declined: "Tudo bem, nada foi alterado.",
  optedOut: "Você não receberá mais mensagens nossas. Envie *START* para voltar.",
  optedIn: "Que bom ter você de volta! Você recebe mensagens de novo. *STOP* as interrompe.",
  languageList: (names) =>
    `Qual idioma? Envie o número.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged:
    "Agora falo português aqui. Às ferramentas você pode escrever em qualquer idioma.",
  linkDone:
    "🔗 Vinculado! Este chat e a página web são agora uma só conversa. *DESVINCULAR* termina isso, *ESPELHO* define o que chega aqui.",
  linkFailed: "Esse código não está certo. Confira na página web ou peça um novo lá.",
  linkExpired: "Esse código expirou. Peça um novo na página web.",
  linkBlocked: (minutes) => `Códigos errados demais. Espere ${units.minutes(minutes)}, por favor.`,
  linkHow:
    "Para vincular este chat à web: abra um chat lá, escolha “WhatsApp” e envie-me o que aparece, por exemplo *LINK* 2345-ABCD.",
  unlinkAsk: "Separar este chat da página web? Envie *SIM* ou *NÃO*.",
  unlinked: "Este chat e a página web estão separados de novo.",
  notLinked: "Este chat não está vinculado à web. *LINK* explica como.",
  linkCode: (code, minutes) =>
    `O seu código: ${code}\nDigite-o na página web em até ${
      units.minutes(minutes)
    }. Se não o pediu, ignore esta mensagem.`,
  mirror: (mirror, { reply, both }) =>
    `Da web chega aqui agora: *${
      { reply: "a resposta", both: "pergunta e resposta", off: "nada" }[mirror]
    }*.\n\n` +
    `*ESPELHO RESPOSTA* – a resposta (${
      about(reply)
    } cada)\n*ESPELHO TUDO* – pergunta e resposta (${about(both)})\n*ESPELHO NADA* – nada`,
  voice: (mode, cost) =>
    `Além do texto, você recebe uma nota de voz: *${
      { spoken: "quando você fala", always: "sempre", never: "nunca" }[mode]
    }*.\n\n*VOZ SE FALO* – quando você envia uma mensagem de voz (${
      about(cost)
    } cada)\n*VOZ SEMPRE* – com cada resposta\n*VOZ NUNCA* – só texto`,
  voiceNone:
    "Aqui as respostas não são faladas: nenhum servidor de voz está configurado. Você pode continuar enviando mensagens de voz.",
  voiceCut: (words) =>
    `🔊 A nota de voz termina depois de “…${
      truncateLine(words, 200)
    }”. O resto está no texto acima.`,
  fromWeb: (question) => `💻 Você, na web: ${truncateLine(question, 500)}`,
  limited: (seconds) => `Foi rápido demais. Espere ${wait(seconds, units)} e escreva de novo.`,
  overBudget: (resets) =>
    `O orçamento de hoje acabou. Posso responder de novo a partir de: ${resets}.`,
  shareUsed: (resets) =>
    `Você já usou a sua parte de hoje. Posso responder a você de novo a partir de: ${resets}.`,
  mediaRefused:
    "Consigo ler texto, imagens e mensagens de voz, nada mais. Envie como texto, por favor.",
  modelEnded:
    "Esta ferramenta não pode responder agora: o modelo de IA dela já não existe. Os responsáveis foram avisados. *MENU* mostra outras ferramentas.",
  imagesNotSeen: "Esta ferramenta não vê imagens. Descreva-as com palavras, por favor.",
  pictureNotRead: "Não consigo ler essa imagem. Envie-a como foto, JPEG ou PNG, por favor.",
  mediaTooLarge: (megabytes) => `É grande demais. No máximo ${megabytes} MB, por favor.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "A gravação fica com esta conversa até que você a apague.",
  voiceUnwritten: "Não consegui transcrever essa mensagem de voz. O modelo ouve-a diretamente.",
  voiceMarker: (time) => `(Mensagem de voz, ${time}, não transcrita)`,
  voiceFailed: "Não consegui entender essa mensagem de voz. Tente de novo ou escreva.",
  voiceTooLong: (minutes) =>
    `Essa mensagem de voz é longa demais. No máximo ${units.minutes(minutes)}, por favor.`,
  takenOver: "👤 A partir de agora uma pessoa responde; a IA não responde mais.",
  handedBack: "🤖 A IA volta a responder.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} não pode ajudar com isso aqui. Serve para: ${
      truncateLine(scope, 500)
    }\n*MENU* mostra o que mais há.`,
  failed: (retry) =>
    retry
      ? "Algo deu errado, desculpe. Envie de novo daqui a um minuto."
      : "Desculpe, não posso responder a isso. Diga de outra forma ou envie *MENU*.",
  interrupted: "⚠️ _A resposta parou aqui. Envie a sua mensagem de novo para recebê-la inteira._",
  otherModel: "_Outro modelo respondeu._",
  propose: (tool) =>
    `Isto parece ser para ${bold(tool)}. Quer que eu mude de ferramenta? *SIM* ou *NÃO*`,
  tooLong: (characters) =>
    `É longo demais para mim. No máximo ${units.characters(characters)}, por favor.`,
  audioNotHeard:
    "Não consigo ouvir este tipo de gravação. Segure o microfone aqui no WhatsApp e fale, ou escreva.",
  mediaGone: "Não consegui abrir o que você enviou. Envie de novo ou escreva, por favor.",
  reviewed:
    "Para melhorar estas ferramentas, pessoas desta organização podem ler o que você escrever aqui a partir de agora. Não escreva nada que deva ficar em segredo.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 O que as ferramentas lembram de você, por 30 dias:",
      none: "🧠 As ferramentas não têm notas sobre você.",
      off: "Você desativou isto: nenhuma nota é escrita nem usada. *MEMÓRIA SIM* muda isso.",
      how: "*MEMÓRIA NÃO* termina isto, *APAGAR MEMÓRIA* apaga as notas.",
    }),
  memoryOff:
    "🧠 As ferramentas não escrevem nem usam mais notas sobre você. *MEMÓRIA SIM* muda isso, *APAGAR MEMÓRIA* apaga as que existem.",
  memoryOn:
    "🧠 As ferramentas que lembram voltam a escrever notas curtas das nossas conversas. *MEMÓRIA* mostra as notas.",
  memoryCleared: "🗑️ As notas sobre você foram apagadas. As suas conversas ficam.",
  remembers:
    "Esta ferramenta guarda notas curtas das nossas conversas por 30 dias. *MEMÓRIA* mostra as notas, *MEMÓRIA NÃO* termina isto.",
};
