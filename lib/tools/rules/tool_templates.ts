import { OFFICE_PROMPTS, TRANSLATION_PROMPTS } from "./tool_template_prompts.ts";
import { parseUsd } from "../../shared/money.ts";
import type { ToolContent } from "./tool_form.ts";

/** Initial content for a new tool; opened in the editor and stored only when saved. */
export interface ToolTemplate {
  id: string;
  group: "Bible translation" | "Everyday work";
  content: ToolContent;
}

type Sketch =
  & Pick<ToolContent, "name" | "icon" | "description" | "temperature" | "starters">
  & Partial<Pick<ToolContent, "maxTokens" | "whatsapp">>
  & { large?: boolean };

/** The program takes the default model where a provider does not have these. */
const LARGE = "gpt-6.1-terra";
const SMALL = "gpt-6-luna";

const TRANSLATION: Record<keyof typeof TRANSLATION_PROMPTS, Sketch> = {
  "back-translation-checker": {
    name: "Back-translation Checker",
    icon: "🔍",
    description: "Compares a back-translation with its passage, verse by verse",
    temperature: 0.2,
    large: true,
    maxTokens: 3000,
    starters: [
      "I will paste a back-translation of Mark 4:35–41",
      "Look only for meaning that is left out or added",
      "Are the key terms used in the same way throughout?",
      "What can a back-translation not show me?",
    ],
  },
  "consultant-questions": {
    name: "Consultant's Questions",
    icon: "❓",
    description: "Comprehension questions for testing a draft with people who do not know it",
    temperature: 0.4,
    large: true,
    starters: [
      "Questions for Luke 15:11–32, which people will listen to",
      "Five questions only, for Jonah 1",
      "Which of my questions give the answer away?",
      "How do I test a psalm?",
    ],
  },
  "key-terms": {
    name: "Key Terms Guide",
    icon: "🗝️",
    description: "Meaning, options and test questions for words that carry much weight",
    temperature: 0.3,
    large: true,
    maxTokens: 2500,
    starters: [
      "What must a word for “grace” carry?",
      "Where does “spirit” mean different things in Mark?",
      "Questions to test our word for “sin”",
      "Help us record our decision about “covenant”",
    ],
  },
  "exegesis-helper": {
    name: "Exegesis Helper",
    icon: "📖",
    description: "What a translator needs to know about a passage before drafting it",
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
  "storying-coach": {
    name: "Storying Coach",
    icon: "🔥",
    description: "Learn, craft and tell Bible stories by mouth and heart",
    temperature: 0.6,
    starters: [
      "Divide the story of Joseph and his brothers into scenes",
      "Listen to my telling of Mark 5:21–43",
      "Questions for talking after the lost sheep",
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
    description: "How a recorded draft sounds to those who only hear it",
    temperature: 0.3,
    large: true,
    starters: [
      "A transcript of our Genesis 22: can one follow it by ear?",
      "How do hearers notice a new scene?",
      "What changes when we record a letter of Paul?",
    ],
  },
  "scripture-engagement": {
    name: "Scripture Use Planner",
    icon: "🌱",
    description: "Small, lasting ways in which people use Scripture in their language",
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
    starters: ["I will paste my notes of today's meeting", "Only the tasks, with names and dates"],
  },
  "grant-writer": {
    name: "Grant Writer",
    icon: "🤝",
    description: "Honest proposals and reports for funders",
    temperature: 0.5,
    large: true,
    maxTokens: 3000,
    starters: [
      "Help me answer a funder's questions",
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
    starters: ["Simplify a letter I will paste", "Make this fit to be read aloud"],
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
    ...sketch,
    group,
    systemPrompt,
    model: large ? LARGE : SMALL,
    active: true,
    ceiling: parseUsd(large ? "2" : "1"),
    fallbackModel: large ? SMALL : null,
    effort: null,
    chain: null,
    ladder: { downgradeFrom: 80, clamp: true },
    examples: [],
  };
}
