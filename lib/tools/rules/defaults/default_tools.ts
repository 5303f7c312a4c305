import { DEFAULT_TOOL_TEXTS } from "../../../locales/tools/languages.ts";
import { LANGUAGES } from "../../../shared/languages.ts";
import { parseUsd } from "../../../shared/money.ts";
import { DEFAULT_PROMPTS } from "./default_prompts.ts";
import type { Tool } from "../tool.ts";
import { TOOL_TEMPLATES, type ToolTemplate } from "./tool_templates.ts";

/** The fields that differ between the tools for everyday work. */
type Preset =
  & Pick<Tool, "name" | "description" | "icon" | "temperature" | "maxTokens" | "starters">
  & { id: keyof typeof DEFAULT_PROMPTS };

/** Headings on the home page, in this order; the general assistant closes the first. */
const TRANSLATION: ToolTemplate["group"] = "Bible translation";
const EVERYDAY: ToolTemplate["group"] = "Everyday work";

/**
 * Tools of a new installation, in menu order, all with the default model: those for oral Bible
 * translation, the general assistant, then those for everyday work.
 */
export const DEFAULT_TOOLS = (defaultModel: string): Tool[] =>
  [
    ...TOOL_TEMPLATES.filter(({ group }) => group === TRANSLATION).map(({ id, content }) => ({
      ...content,
      id,
      order: 0,
      model: defaultModel,
      // The price of the default model is the same whatever a template asks for.
      fallbackModel: null,
      ceiling: CEILING,
      version: 1,
    })),
    ...everyday(defaultModel),
  ].map((tool, order) => ({ ...tool, order, texts: translated(tool) }));

/** What people read of a default tool in the other languages. */
function translated({ id, group }: Pick<Tool, "id" | "group">): Tool["texts"] {
  const texts: Tool["texts"] = {};
  for (const language of LANGUAGES) {
    const given = language === "en" ? undefined : DEFAULT_TOOL_TEXTS[language];
    const found = Object.entries(given?.tools ?? {}).find(([name]) => name === id)?.[1];
    if (!given || !found) continue;
    const [name, description, greeting, ...starters] = found;
    const heading = group === TRANSLATION ? given.translation : given.everyday;
    texts[language] = { name, description, greeting, starters, group: heading };
  }
  return texts;
}

const CEILING = parseUsd("1");

const everyday = (defaultModel: string): Tool[] =>
  PRESETS.map((preset) => ({
    ...preset,
    model: defaultModel,
    systemPrompt: DEFAULT_PROMPTS[preset.id],
    group: preset.id === "general-assistant" ? TRANSLATION : EVERYDAY,
    active: true,
    order: 0,
    ceiling: CEILING,
    fallbackModel: null,
    effort: null,
    pictureDetail: "low",
    chain: null,
    keyTerms: [],
    remembers: false,
    keepsRecordings: false,
    hearingModel: null,
    ladder: { downgradeFrom: 80, clamp: true },
    whatsapp: { enabled: false, scope: "" },
    examples: [],
    greeting: "",
    language: "en",
    texts: {},
    version: 1,
  }));

const PRESETS: Preset[] = [
  {
    id: "general-assistant",
    name: "General Assistant",
    description: "Everyday questions, planning and writing for small teams",
    icon: "💬",
    temperature: .7,
    maxTokens: 2048,
    starters: [
      "Help me plan a one-hour team meeting",
      "Make a checklist for a three-day workshop",
      "What should we listen for when we test a recorded Bible story?",
      "Shorten this text: …",
    ],
  },
  {
    id: "creative-writing",
    name: "Creative Writing Assistant",
    description: "Help with stories, scripts, and creative content",
    icon: "✍️",
    temperature: .7,
    maxTokens: 2048,
    starters: [
      "Write a two-minute story about forgiveness, to be told aloud",
      "Turn this proverb into a short scene: …",
      "Write a radio spot about clean water for two voices",
      "Give me five first lines for a story about coming home",
    ],
  },
  {
    id: "social-media-creator",
    name: "Social Media Content Creator",
    description: "Create engaging posts, captions, and social media strategies",
    icon: "📱",
    temperature: .8,
    maxTokens: 2000,
    starters: [
      "Write a post that invites volunteers to …",
      "Plan one week of posts for a small charity",
      "How do we thank our donors in one short post?",
      "Suggest captions for a photo of our team at work",
    ],
  },
  {
    id: "email-assistant",
    name: "Email Assistant",
    description: "Draft professional emails, replies, and communication",
    icon: "📧",
    temperature: .4,
    maxTokens: 1500,
    starters: [
      "Write a warm thank-you email to …",
      "Remind a partner kindly about a late report",
      "Ask to move a meeting to next week",
      "Help me say no politely to an invitation",
    ],
  },
  {
    id: "data-analyst",
    name: "Data Analyst",
    description: "Analyze data, create insights, and generate reports",
    icon: "📊",
    temperature: .3,
    maxTokens: 3000,
    starters: [
      "Which five numbers should a small project track each month?",
      "Help me make sense of these survey answers: …",
      "How do I count answers by village in a spreadsheet?",
      "Which chart shows our progress over a year best?",
    ],
  },
  {
    id: "math-tutor",
    name: "Math Tutor",
    description: "Step-by-step math problem solving",
    icon: "🧮",
    temperature: .3,
    maxTokens: 1500,
    starters: [
      "Explain percentages with prices at a market",
      "How do I solve 3x + 5 = 20?",
      "Give me three exercises with fractions",
      "How much paint do I need for a room of 4 by 5 metres?",
    ],
  },
  {
    id: "recipe-helper",
    name: "Recipe Helper",
    description: "Cooking ideas and recipe modifications",
    icon: "👨‍🍳",
    temperature: .8,
    maxTokens: 2000,
    starters: [
      "What can I cook with rice, beans and onions?",
      "Plan a cheap lunch for 30 workshop guests",
      "What can I use instead of eggs in a cake?",
      "Give me a one-pot meal ready in 30 minutes",
    ],
  },
  {
    id: "code-helper",
    name: "Code Helper",
    description: "Programming assistance and debugging",
    icon: "💻",
    temperature: .2,
    maxTokens: 3000,
    starters: [
      "Write a Python script that renames audio files by date",
      "Explain this error message: …",
      "Give me a formula that finds duplicates in a sheet",
      "How do I undo my last git commit safely?",
    ],
  },
  {
    id: "language-buddy",
    name: "Language Learning Buddy",
    description: "Practice conversations and learn new languages",
    icon: "🗣️",
    temperature: .6,
    maxTokens: 1800,
    starters: [
      "Let us practise English for a job interview",
      "Teach me ten greetings in Swahili",
      "Play a shopkeeper and speak simple French with me",
      "Correct my Spanish as we talk about my day",
    ],
  },
  {
    id: "business-advisor",
    name: "Business Strategy Advisor",
    description: "Business planning and strategy guidance",
    icon: "📊",
    temperature: .4,
    maxTokens: 2500,
    starters: [
      "Help me write a one-page plan for …",
      "How do I set a fair price for what we make?",
      "What should a first grant proposal contain?",
      "How can a small charity depend less on one donor?",
    ],
  },
  {
    id: "travel-planner",
    name: "Travel Planner",
    description: "Plan trips, find destinations, and travel advice",
    icon: "✈️",
    temperature: .7,
    maxTokens: 2500,
    starters: [
      "Plan a low-cost team retreat of three days",
      "What should I pack for a week in a remote village?",
      "What must I check before I travel abroad for work?",
      "How do I stay safe on a long bus journey?",
    ],
  },
];
