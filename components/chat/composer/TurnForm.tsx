import type { ComponentChildren } from "preact";

interface TurnFormProps {
  toolId: string;
  requestId: string;
  action: "send" | "regenerate" | "edit" | "continue" | "stop" | "new";
  class?: string;
  children: ComponentChildren;
}

/** Form of a conversation action: a plain post, or a script request without a page load. */
export function TurnForm({ toolId, requestId, action, class: name, children }: TurnFormProps) {
  return (
    <form class={name} method="post" action={chatPath(toolId)} data-turn={action}>
      <input type="hidden" name="action" value={action} />
      <input type="hidden" name="requestId" value={requestId} />
      {children}
    </form>
  );
}

export function chatPath(toolId: string): string {
  return `/chat/${encodeURIComponent(toolId)}`;
}
