import type { PictureTexts } from "./picture_texts.ts";

export const PORTUGUESE_PICTURES: PictureTexts = {
  add: "Acrescentar uma imagem",
  preparing: "A preparar a imagem …",
  ready: "{size} · Os dados de lugar e da câmara são retirados.",
  removed: "A imagem foi retirada.",
  remove: "Retirar {name}",
  picture: "imagem {number}",
  heic:
    "O formato deste telefone (HEIC) não pode ser lido aqui. Partilhe a imagem como JPEG, ou faça uma captura de ecrã e envie-a.",
  unreadable: "Este tipo de imagem não pode ser lido. Envie-a como JPEG ou PNG.",
  notSeen: "O modelo desta ferramenta não vê imagens.",
  tooMany: "Uma mensagem pode ter no máximo {most} imagens.",
  noRoom:
    "Este dispositivo não tem espaço para mais imagens. Acrescente-a de novo quando houver ligação.",
  form: "Imagens (JPEG, PNG ou WebP, no máximo quatro)",
};
