/** The simulated reply to a question: deterministic, on topic, and open about being simulated. */
export function mockReply(question: string): string {
  const topic = topicOf(question);
  const language = languageOf(question);
  if (language === "ar") return arabic(topic);
  if (language === "he") return hebrew(topic);
  const parts = [pick(OPENINGS, question)(topic), ...sections(question, topic), NOTE];
  return parts.join("\n\n");
}

const NOTE = "*This is a simulated reply: no model was asked and nothing was spent. " +
  "Add an API key to the settings, and the answers become real.*";

const OPENINGS: readonly ((topic: string) => string)[] = [
  (topic) => `You asked about **${topic}**. Here is how an answer could look.`,
  (topic) => `Good question. Let us take **${topic}** one step at a time.`,
  (topic) => `**${topic}**: a short answer first, and the details below.`,
  (topic) => `Thank you for asking about **${topic}**. Three things are worth knowing.`,
];

const POINTS: readonly string[] = [
  "Start from what you want to have at the end, and write it down in one sentence.",
  "Take the smallest step that shows whether you are on the right way.",
  "Ask someone who has done it before what they would leave out.",
  "Keep what works, and write down why it does.",
  "Look at it again after a night's sleep: half of the open questions will be gone.",
  "Set a date for the first result, even if it is a rough one.",
];

function sections(question: string, topic: string): string[] {
  const asked = question.toLowerCase();
  const found: string[] = [];
  if (/\btable\b|tabelle|tableau/.test(asked)) found.push(TABLE);
  if (/\bcode\b|function|script|program/.test(asked)) found.push(CODE);
  if (/\bmaths?\b|formula|equation|integral/.test(asked)) found.push(MATHS);
  if (found.length === 0) found.push(list(question));
  if (/\blong\b|\bdetail|essay/.test(asked)) found.push(...essay(topic));
  return found;
}

function list(question: string): string {
  const first = hash(question) % POINTS.length;
  const chosen = [0, 1, 2].map((i) => POINTS[(first + i) % POINTS.length]);
  return chosen.map((point, i) => `${i + 1}. ${point}`).join("\n");
}

const TABLE = `| Option | Effort | Good for |
| --- | ---: | --- |
| A first sketch | 1 hour | seeing what is missing |
| A careful plan | 1 day | agreeing on it with others |
| A small trial | 1 week | knowing instead of guessing |`;

const CODE = `\`\`\`ts
/** Greets everybody on the list, the longest name first. */
export function greet(names: string[]): string[] {
  const byLength = names.toSorted((a, b) => b.length - a.length);
  return byLength.map((name) => \`Hello, \${name}!\`);
}
\`\`\`

Call it with \`greet(["Ada", "Grace"])\` and you get \`["Hello, Grace!", "Hello, Ada!"]\`.`;

const MATHS = `The sum of the first $n$ whole numbers is

$$\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2},$$

so for $n = 100$ it is $5050$.`;

const ESSAY: readonly string[] = [
  "The obvious way is often a good way. It is known, others can help with it, and its mistakes have been made before.",
  "The second way costs more at the start. It pays when the thing is done often, for then each later round is shorter than the one before.",
  "What is easily forgotten is the end. Somebody will have to look after the result, and it helps to decide early who that is.",
  "It also helps to say what you will not do. A short list of things left out keeps a plan honest.",
  "Numbers settle most disputes. Measure once before you begin and once after, in the same way, and write both down.",
  "If it goes wrong, go back to the last point at which it was right. That is quicker than it feels.",
];

function essay(topic: string): string[] {
  const heading = `## More about ${topic}`;
  return [heading, ...ESSAY, "## In short", ...POINTS.map((point) => `- ${point}`)];
}

function arabic(topic: string): string {
  return `سألتَ عن **${topic}**. هذا مثال على جواب قصير:

1. اكتب أولاً ما تريد الوصول إليه في جملة واحدة.
2. ابدأ بأصغر خطوة تُظهر أنك على الطريق الصحيح.
3. احتفظ بما ينجح، ودوّن السبب.

*هذا جواب تجريبي: لم يُسأل أي نموذج ولم يُنفق شيء. أضِف مفتاح API لتصبح الأجوبة حقيقية.*`;
}

function hebrew(topic: string): string {
  return `שאלת על **${topic}**. הנה דוגמה לתשובה קצרה:

1. כתבו תחילה במשפט אחד מה אתם רוצים להשיג.
2. התחילו בצעד הקטן ביותר שמראה שהדרך נכונה.
3. שמרו את מה שעובד, ורשמו מדוע.

*זו תשובה מדומה: לא נשאל שום מודל ולא הוצא דבר. הוסיפו מפתח API והתשובות יהיו אמיתיות.*`;
}

function languageOf(question: string): "ar" | "he" | "en" {
  if (/[\u0600-\u06ff]/.test(question) || /\barabic\b/i.test(question)) return "ar";
  return /[\u0590-\u05ff]/.test(question) || /\bhebrew\b/i.test(question) ? "he" : "en";
}

/** The question's first words, on one line and without Markdown's marks. */
function topicOf(question: string): string {
  const plain = question.replace(/[*_`#|<>\[\]\\~$!]/g, "").replace(/\s+/g, " ").trim();
  const words = plain.replace(/[?.!؟:;,]+$/, "").split(" ");
  const topic = words.slice(0, 8).join(" ").slice(0, 80);
  return topic === "" ? "this" : words.length > 8 ? `${topic} …` : topic;
}

function pick<T>(all: readonly T[], question: string): T {
  const chosen = all[hash(question) % all.length];
  if (chosen === undefined) throw new RangeError("Nothing to pick from");
  return chosen;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
