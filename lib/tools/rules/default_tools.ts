import { parseUsd } from "../../shared/money.ts";
import { DEFAULT_PROMPTS } from "./default_prompts.ts";
import type { Tool } from "./tool.ts";

/** The fields that differ between default tools. */
type Preset =
  & Pick<Tool, "name" | "description" | "icon" | "temperature" | "maxTokens" | "starters">
  & { id: keyof typeof DEFAULT_PROMPTS };

/** The heading of all of them on the home page. */
const GROUP = "Everyday work";

/** Tools of a new installation, in menu order, all with the default model. */
export const DEFAULT_TOOLS = (defaultModel: string): Tool[] =>
  PRESETS.map((preset, order) => ({
    ...preset,
    model: defaultModel,
    systemPrompt: DEFAULT_PROMPTS[preset.id],
    group: GROUP,
    active: true,
    order,
    ceiling: parseUsd("1"),
    fallbackModel: null,
    effort: null,
    chain: null,
    ladder: { downgradeFrom: 80, clamp: true },
    whatsapp: { enabled: false, scope: "" },
    examples: [],
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
      "Shorten a long text I will send you",
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
      "Turn a proverb from my village into a short scene",
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
      "Write a post that invites volunteers to our next event",
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
      "Write a warm thank-you email to a donor",
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
      "Help me make sense of our survey answers",
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
      "Explain an error message I will paste",
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
      "Help me write a one-page plan for my project",
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
