import type { TurnRequest } from "@/lib/chat/chat.ts";
import type { World } from "./world.ts";

export const TOOL = "general-assistant";
let requests = 0;

/** Says something to a tool and waits until the reply is there; `wait: false` leaves it running. */
export async function ask(
  world: World,
  message: string,
  { wait = true, ...turn }: Partial<TurnRequest> & { wait?: boolean } = {},
): Promise<void> {
  const { live } = await world.services.chat.startTurn({
    visitor: "v1",
    tool: TOOL,
    request: `asking-${++requests}-request`,
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: null,
    ...turn,
  });
  if (wait) await live?.ended(5_000);
}

/** Lets conversations be looked at, or no more. */
export async function setReview(world: World, enabled: boolean, notice = ""): Promise<void> {
  const { settings } = world.services;
  await settings.save({
    who: "ada@example.org",
    group: "review",
    seen: settings.current.version,
    edit: (now) => ({ ...now, review: { enabled, notice } }),
  });
}

/** The ids of a visitor's replies in his current conversation. */
export async function repliesOf(world: World, visitor = "v1", tool = TOOL) {
  const { messages } = await world.services.pages.chat(visitor, tool, null);
  return messages.filter(({ role }) => role === "assistant");
}
