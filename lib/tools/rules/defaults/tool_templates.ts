import { OFFICE_PROMPTS, TRANSLATION_PROMPTS } from "./tool_template_prompts.ts";
import { parseUsd } from "../../../shared/money.ts";
import type { ToolContent } from "../tool_form.ts";

/** Initial content for a new tool; opened in the editor and stored only when saved. */
export interface ToolTemplate {
  id: string;
  group: "Bible translation" | "Everyday work";
  content: ToolContent;
}

type Sketch =
  & Pick<ToolContent, "name" | "icon" | "description" | "temperature" | "starters">
  & Partial<Pick<ToolContent, "maxTokens" | "whatsapp" | "greeting">>
  & { large?: boolean };

/** The program takes the default model where a provider does not have these. */
const LARGE = "gpt-6.1-terra";
const SMALL = "gpt-6-luna";

const TRANSLATION: Record<keyof typeof TRANSLATION_PROMPTS, Sketch> = {
  "back-translation-checker": {
    name: "Back-translation Checker",
    icon: "🔍",
    greeting: "What shall we check?",
    description: "Compares a back-translation with its passage, verse by verse",
    temperature: 0.2,
    large: true,
    maxTokens: 3000,
    starters: [
      "Check this back-translation of Mark 4:35–41: …",
      "Look only for what is left out or added: …",
      "Are the key terms used in the same way throughout?",
      "What can a back-translation not show me?",
    ],
  },
  "storying-coach": {
    name: "Storying Coach",
    icon: "🔥",
    greeting: "Which story shall we work on?",
    description: "Helps you learn a Bible story by heart and tell it well",
    temperature: 0.6,
    starters: [
      "Divide the story of Joseph and his brothers into scenes",
      "This is how I tell Mark 5:21–43: …",
      "Questions to talk about after the lost sheep",
      "How do I train somebody who does not read?",
    ],
    whatsapp: {
      enabled: false,
      scope:
        "Coaching for people who learn and tell Bible stories orally: learning, crafting and telling a story, and questions for discussion.",
    },
  },
  "oral-draft-reviewer": {
    name: "Oral Draft Reviewer",
    icon: "🎧",
    greeting: "Which draft shall we listen to?",
    description: "Says where a recorded draft may be hard to follow by ear",
    temperature: 0.3,
    large: true,
    starters: [
      "Can people follow our Genesis 22 by ear? …",
      "How do hearers notice a new scene?",
      "What changes when we record a letter of Paul?",
    ],
  },
  "key-terms": {
    name: "Key Terms Guide",
    icon: "🗝️",
    greeting: "Which word is it about?",
    description: "Finds and tests words for grace, covenant and other key terms",
    temperature: 0.3,
    large: true,
    maxTokens: 2500,
    starters: [
      "What must a word for “grace” carry?",
      "Where does “spirit” mean different things in Mark?",
      "Questions to test our word for “sin”, which is …",
      "Help us record our decision about “covenant”",
    ],
  },
  "exegesis-helper": {
    name: "Exegesis Helper",
    icon: "📖",
    greeting: "Which passage is it?",
    description: "Explains a passage, its background and its hard places",
    temperature: 0.3,
    large: true,
    maxTokens: 3000,
    starters: [
      "Philippians 2:5–11: what must we know?",
      "What could “in Christ” mean in Ephesians 1:3?",
      "What did the first hearers of Ruth 4 know that we do not?",
      "Which feelings are there in Psalm 22?",
    ],
  },
  "consultant-questions": {
    name: "Consultant's Questions",
    icon: "❓",
    greeting: "Which passage will you test?",
    description: "Prepares questions for testing a draft with listeners",
    temperature: 0.4,
    large: true,
    starters: [
      "Questions for Luke 15:11–32, which people will listen to",
      "Five questions only, for Jonah 1",
      "Which of these questions give the answer away? …",
      "How do I test a psalm?",
    ],
  },
  "scripture-engagement": {
    name: "Scripture Use Planner",
    icon: "🌱",
    greeting: "Whom do you want to reach?",
    description: "Plans small, lasting ways to use Scripture in your language",
    temperature: 0.6,
    starters: [
      "Plan a first listening group in our village",
      "We have Luke as audio: what can we begin with?",
      "How do we see whether it helps?",
    ],
  },
};

const OFFICE: Record<keyof typeof OFFICE_PROMPTS, Sketch> = {
  "meeting-minutes": {
    name: "Meeting Minutes",
    icon: "📝",
    description: "Notes become decisions, tasks and open questions",
    temperature: 0.2,
    starters: ["Make minutes of these notes: …", "Only the tasks, with names and dates: …"],
  },
  "grant-writer": {
    name: "Grant Writer",
    icon: "🤝",
    description: "Honest proposals and reports for funders",
    temperature: 0.5,
    large: true,
    maxTokens: 3000,
    starters: [
      "Help me answer these questions of a funder: …",
      "Turn our year into a two-page report",
      "What would a critical reader ask?",
    ],
  },
  "training-designer": {
    name: "Workshop Designer",
    icon: "🎓",
    description: "Lessons and workshops in which adults learn by doing",
    temperature: 0.6,
    starters: [
      "Three hours: how to record good sound with a phone",
      "A lesson for learners who do not read",
      "What do I drop when time runs out?",
    ],
  },
  "plain-language": {
    name: "Plain Language",
    icon: "✂️",
    description: "Difficult texts in words that everybody understands",
    temperature: 0.3,
    starters: ["Simplify this letter: …", "Make this fit to be read aloud: …"],
  },
  "support-desk": {
    name: "Questions about Us",
    icon: "🛎️",
    description: "Answers from your own facts, and says when it does not know",
    temperature: 0.2,
    maxTokens: 800,
    starters: ["What do you do?", "How can I reach you?"],
    whatsapp: {
      enabled: false,
      scope: "Answers questions about our organisation from the facts that we wrote down.",
    },
  },
};

/** The templates in gallery order. */
export const TOOL_TEMPLATES: readonly ToolTemplate[] = [
  ...made("Bible translation", TRANSLATION, TRANSLATION_PROMPTS),
  ...made("Everyday work", OFFICE, OFFICE_PROMPTS),
];

function made<Id extends string>(
  group: ToolTemplate["group"],
  sketches: Record<Id, Sketch>,
  prompts: Readonly<Record<Id, string>>,
): ToolTemplate[] {
  const ids = Object.keys(sketches).filter((id): id is Id => Object.hasOwn(prompts, id));
  return ids.map((id) => ({ id, group, content: contentOf(group, sketches[id], prompts[id]) }));
}

function contentOf(
  group: string,
  { large = false, ...sketch }: Sketch,
  systemPrompt: string,
): ToolContent {
  return {
    maxTokens: 2000,
    whatsapp: { enabled: false, scope: "" },
    greeting: "",
    ...sketch,
    group,
    systemPrompt,
    model: large ? LARGE : SMALL,
    active: true,
    ceiling: parseUsd(large ? "2" : "1"),
    fallbackModel: large ? SMALL : null,
    effort: null,
    pictureDetail: "low",
    chain: null,
    keyTerms: [],
    remembers: false,
    keepsRecordings: false,
    hearingModel: null,
    ladder: { downgradeFrom: 80, clamp: true },
    examples: [],
    language: "en",
    texts: {},
  };
}
