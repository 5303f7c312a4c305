import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Envie-a como JPEG ou PNG.";

export const PORTUGUESE_MEDIA: MediaErrors = {
  "picture.animated": "Imagens animadas não podem ser lidas. Envie uma imagem parada.",
  "picture.damaged": "Esta imagem está danificada ou incompleta. Escolha outra.",
  "picture.format": ({ format }) => `Imagens ${format} não podem ser lidas. ${ANOTHER}`,
  "picture.gone": "Esta imagem já não está disponível.",
  "picture.heic":
    "Imagens HEIC não podem ser lidas. Partilhe-a como JPEG, ou faça uma captura de ecrã e envie-a.",
  "picture.implausible": "O conteúdo desta imagem não condiz com o seu tamanho. Escolha outra.",
  "picture.no_room":
    "De momento não há espaço aqui para mais imagens. A organização que gere esta página pode arranjar espaço. O seu texto pode ser enviado sem ela.",
  "picture.not_seen": "O modelo desta ferramenta não vê imagens.",
  "picture.quota": ({ megabytes }) =>
    `As suas imagens e gravações podem ocupar ${megabytes} MB ao todo. Elimine uma conversa que as tenha e envie-a de novo.`,
  "picture.together": ({ megabytes }) =>
    `As imagens de uma mensagem podem ocupar ${megabytes} MB ao todo. Envie menos ou mais pequenas.`,
  "picture.too_large": ({ megabytes }) =>
    `Esta imagem é demasiado grande: aceitam-se no máximo ${megabytes} MB. Envie uma mais pequena.`,
  "picture.too_many": ({ most }) => `Uma mensagem pode ter no máximo ${most} imagens.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `Esta imagem é demasiado grande: ${width} × ${height} píxeis, mais de ${
      most / 1_000_000
    } milhões. Envie uma mais pequena.`,
  "picture.too_wide": ({ width, height, most }) =>
    `Esta imagem é demasiado grande: ${width} × ${height} píxeis. Aceitam-se no máximo ${most} de cada lado.`,
  "picture.trailing":
    "Este ficheiro contém mais do que uma imagem. Faça uma captura de ecrã da imagem e envie-a.",
  "picture.unknown": `Este tipo de imagem não pode ser lido. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `Este ficheiro diz ser outro tipo de imagem do que é (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "O modelo desta ferramenta não consegue ouvir esta gravação, e ela não foi transcrita. Escreva a mensagem ou grave-a de novo.",
  "audio.unpriced": ({ model }) =>
    `Nada foi enviado: não se conhece o preço do áudio do modelo “${model}”. Um administrador pode adicioná-lo aos preços.`,
  "sound.no_room":
    "De momento não há espaço aqui para mais gravações. A organização que gere esta página pode arranjar espaço. Pode escrever a sua mensagem.",
  "sound.quota": ({ megabytes }) =>
    `As suas gravações e imagens podem ocupar ${megabytes} MB ao todo. Retire uma, elimine uma conversa que as tenha, ou tente amanhã.`,
  "sound.too_large": ({ megabytes }) => `Uma gravação pode ocupar no máximo ${megabytes} MB.`,
  "sound.too_long": ({ minutes }) => `Uma gravação pode durar no máximo ${minutes} minutos.`,
  "sound.unreadable":
    "Este tipo de gravação não pode ser passado a texto. Envie-a como MP3, M4A, Ogg ou WebM.",
  "upload.gone": "Esta gravação já não está aqui. Grave-a de novo.",
  "upload.header": ({ field }) => `O pedido precisa do campo \`${field}\` com um número inteiro.`,
  "upload.offset": ({ offset }) => `A parte seguinte começa no byte ${offset}.`,
  "upload.piece": ({ most }) =>
    `Uma parte tem de ${
      formatCount(1_000, "pt")
    } a ${most} bytes; a última, o que resta do ficheiro.`,
  "voice.failed": "A gravação não pôde ser passada a texto. Está guardada. Tente de novo.",
  "voice.under_way": "Esta gravação está a ser passada a texto.",
};
