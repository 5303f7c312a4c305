import { newRequestId, parseEvent } from "../../../../lib/shared/chat_client.ts";
import type { ChatEvent } from "../../../../lib/shared/chat_events.ts";
import { SseDecoder } from "../../../../lib/shared/sse.ts";
import type { OwnFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { draftOf } from "../../drafts/kept_draft.ts";

/** The second draft: its base and its own values. */
export interface Second {
  copyOf: "form" | "stored";
  own: OwnFields;
}

export function toolForm(): HTMLFormElement | null {
  return document.querySelector("form.tool-form");
}

interface Question {
  token: string;
  toolId: string | null;
  conversation: string;
  /** Null uses the form's values. */
  second: Second | null;
  message: string;
}

/**
 * Sends a question to the current draft and emits each event of the reply.
 * Resolves to the refusal's text, or null.
 */
export async function askDraft(
  { token, toolId, conversation, second, message }: Question,
  onEvent: (event: ChatEvent) => void,
): Promise<string | null> {
  const form = toolForm();
  if (!form) return "The form is gone: reload the page.";
  try {
    const answer = await fetch("/admin/tools/preview", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "x-admin-token": token,
      },
      body: JSON.stringify({
        tool: toolId,
        fields: second?.copyOf === "stored" ? null : draftOf(form),
        own: second?.own ?? null,
        conversation,
        request: newRequestId(),
        message,
      }),
    });
    if (!answer.ok || answer.body === null) return await whyNot(answer);
    const decoder = new SseDecoder();
    const text = new TextDecoder();
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      for (const { event, data } of decoder.push(text.decode(value, { stream: true }))) {
        const parsed = parseEvent(event, data);
        if (parsed) onEvent(parsed);
      }
    }
  } catch {
    return "The server cannot be reached. Try again in a moment.";
  }
}

async function whyNot(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === "object" && body !== null ? Reflect.get(body, "detail") : null;
  return typeof detail === "string" ? detail : "The question could not be sent.";
}
