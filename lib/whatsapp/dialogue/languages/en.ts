import type { Vocabulary } from "../vocabulary.ts";

export const ENGLISH_VOCABULARY: Vocabulary = {
  words: {
    stop:
      "stop|unsubscribe|unsub|end|quit|stopall|stop all|revoke|optout|opt out|opt-out|cancel|s t o p|🛑",
    cancel: "",
    start: "start|unstop",
    resume: "opt in|optin|subscribe",
    yes: "yes|y|yes please|yes, please",
    agree: "ok|okay|yeah|yea|yep|yup|sure|👍|✅",
    no: "no|n|nope|no thanks|no, thanks|no thank you|no, thank you|👎|❌",
    help: "help|?|info|commands|help me",
    menu: "menu|tools|list|list tools|show tools|all tools",
    more: "more|next|next page",
    back: "back|previous|previous page",
    new: "new|new chat|new conversation|start over|start again|reset|restart",
    cost: "cost|costs|my costs",
    export: "export|export my data|download my data|my data",
    delete_data: "delete my data|delete data|delete all my data|erase my data",
    memory:
      "memory|my memory|what do you remember|what do you remember of me|what do you remember about me",
    memory_off: "memory off|no memory|do not remember|don't remember",
    memory_on: "memory on|remember me",
    memory_clear: "delete memory|delete my memory|clear memory",
    language: "language|lang|languages|change language|change language to",
    unlink: "unlink|unlink me",
    separate: "",
    mirror: "mirror",
    voice: "voice|voice replies|voice notes|spoken replies",
    greeting: "hi|hello|hey|hi there|hello there|good morning|good evening",
    mirrors: {
      reply: "reply|replies|on|reply only",
      both: "both|all|everything",
      off: "off|none|nothing|no",
    },
    voices: {
      spoken: "spoken|auto|when i speak|if i speak",
      always: "always|on|yes",
      never: "never|off|no",
    },
    use: "use|tool|use tool|switch to",
    own: {},
    unlike: "",
  },
  courtesies:
    "please|pls|plz|kindly|thanks|thank you|thank you very much|thank you so much|thanks a lot|" +
    "many thanks|thx|ty|tysm|ok|okay|sorry|hi|hello|hey|now|right now|immediately",
  names:
    "en|english|inglés|anglais|inglês|kiingereza|inggris|bahasa inggris|الإنجليزية|إنجليزي|अंग्रेज़ी|अंग्रेजी",
  stopSentences: [
    "(stop|quit|cease) (messaging|texting|contacting|writing|writing to|whatsapping)( me)?( again)?",
    "(stop|quit) sending( me)?( any| the| these| your)?( more)? (messages|texts|sms)",
    "stop( all| the| these| your)? (messages|texts|messaging|texting)",
    "(don't|dont|do not|never) (message|text|contact|write|write to|whatsapp) me( again| anymore| any more)?",
    "(don't|dont|do not) send( me)?( any)?( more)? (messages|texts)( again| anymore| any more)?",
    "no more (messages|texts|sms)",
    "(i )?(don't|dont|do not) want( to get| to receive)?( any| your)?( more)? (messages|texts)( from you)?( anymore)?",
    "unsubscribe( me)?( from (this|it|all|(this|the|your) list))?",
    "stop( this| the)? (chat|bot|service|whatsapp)",
    "remove me",
    "opt me out",
    "(remove|take|delete) me (from|off) (the|this|your)( contact| mailing)? list",
    "(i want|i wish|i would like|i'd like|want) to (unsubscribe|opt out)",
    "(cancel|stop|end) subscription",
  ],
};
