/** What a model was asked. */
export interface Asked {
  system: string;
  question: string;
}

/** A server of chat completions whose replies a test decides by what is asked. */
export interface AnsweringModel extends AsyncDisposable {
  /** Settings that make it a site's only provider. */
  env: Record<string, string>;
  asked: Asked[];
}

export function startAnsweringModel(
  answer: (asked: Asked) => string | Response | Promise<string | Response>,
): AnsweringModel {
  const asked: Asked[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (req) => {
    if (req.method !== "POST") return new Response(null, { status: 404 });
    const { messages } = await req.json();
    const one = {
      system: String(messages[0]?.content),
      question: String(messages.at(-1)?.content),
    };
    asked.push(one);
    const content = await answer(one);
    if (content instanceof Response) return content;
    const delta = { choices: [{ index: 0, delta: { content }, finish_reason: null }] };
    const end = {
      choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    };
    const events = [JSON.stringify(delta), JSON.stringify(end), "[DONE]"];
    return new Response(events.map((event) => `data: ${event}\n\n`).join(""), {
      headers: { "content-type": "text/event-stream" },
    });
  });
  return {
    env: {
      LLM_PROVIDER: "openai",
      OPENAI_API_KEY: "sk-test",
      OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
    },
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Whether a judge is asked, not a tool. */
export const isJudge = ({ system }: Asked) => system.startsWith("You compare two replies");

/**
 * Answers for tools and judges. A tool whose prompt says DRAFT is bad at questions with "hard",
 * better at those with "easy", and the same otherwise. The judge sees it, and says `why`.
 */
export function answerAndJudge(why = "It asks the team."): (asked: Asked) => string {
  return (asked) => {
    const { system, question } = asked;
    if (!isJudge(asked)) {
      const drafted = system.includes("DRAFT");
      if (question.includes("hard")) return drafted ? "A *bad* reply." : "A **good** reply.";
      if (question.includes("easy")) return drafted ? "A **good** reply." : "A *bad* reply.";
      return "A usual reply.";
    }
    const { first_reply, second_reply } = JSON.parse(question);
    if (first_reply === second_reply) return "SAME\nThey are alike.";
    return `${first_reply.includes("good") ? "FIRST" : "SECOND"}\n${why}`;
  };
}
