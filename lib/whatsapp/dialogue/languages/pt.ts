import type { Vocabulary } from "../vocabulary.ts";

export const PORTUGUESE_VOCABULARY: Vocabulary = {
  words: {
    stop:
      "parar|pare|parem|descadastrar|me descadastre|me descadastra|descadastre-me|me descadastrar",
    cancel: "cancelar",
    start: "start",
    resume: "iniciar|começar",
    yes: "sim|sim por favor|sim, por favor",
    agree: "claro|tudo bem|está bem|pode|pode ser|pode sim|beleza",
    no: "não|não obrigado|não, obrigado|não obrigada|não, obrigada",
    help: "ajuda",
    menu: "menu|ferramentas|lista",
    more: "mais|próxima|próximo",
    back: "voltar|anterior",
    new: "novo|nova|nova conversa",
    cost: "custo|custos",
    export: "exportar|exportar meus dados|exportar os meus dados|meus dados",
    delete_data: "apagar meus dados|apagar os meus dados|excluir meus dados|eliminar os meus dados",
    memory: "memória|minha memória|o que você lembra|o que lembra de mim|o que você lembra de mim",
    memory_off: "memória não|desativar memória|desativar a memória|não lembre",
    memory_on: "memória sim|ativar memória|ativar a memória",
    memory_clear: "apagar memória|apagar a memória|excluir memória",
    language: "idioma|idiomas|língua|mudar idioma",
    unlink: "desvincular",
    separate: "",
    mirror: "espelho",
    voice: "voz|notas de voz",
    greeting: "olá|oi|bom dia|boa tarde|boa noite",
    mirrors: { reply: "resposta|respostas", both: "ambos|ambas|tudo", off: "nada|não" },
    voices: {
      spoken: "se falo|se eu falar|quando falo|auto",
      always: "sempre|sim",
      never: "nunca|não",
    },
    use: "usar|usa|ferramenta",
    own: { stop: "sair|para por favor|para pfv" },
    unlike: "",
  },
  courtesies:
    "por favor|pfv|pfvr|pf|obrigado|obrigada|muito obrigado|muito obrigada|obg|valeu|oi|olá|" +
    "já|desculpe|bom dia|boa tarde|boa noite",
  names:
    "pt|portuguese|portugués|portugais|português|kireno|portugis|bahasa portugis|البرتغالية|पुर्तगाली",
  stopSentences: [
    "(para|pare|parem|deixe|deixem) de me (mandar|enviar|mandarem|enviarem)( mais)? (mensagem|mensagens|msg)",
    "(para|pare|parem) de (me escrever|(mandar|enviar) (mensagem|mensagens))",
    "nao me (mande|mandem|manda|envie|enviem|envia)( mais)? (mensagem|mensagens|msg|nada)( mais)?",
    "nao quero( mais)?( receber)?( mais)? (mensagem|mensagens|msg)( suas| de voces)?",
    "(quero )?(me descadastrar|sair da lista|parar de receber mensagens)",
    "parar( as)? mensagens",
    "me (remova|remove|tire|tira|exclua|descadastre) (da|dessa|desta) lista",
    "(quero )?cancelar( a)? (inscricao|assinatura)",
    "(chega de|sem mais|nao mais) mensagens",
  ],
};
