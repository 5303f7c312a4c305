import type { TurnRequest } from "@/lib/chat/turn_request.ts";
import type { World } from "./world.ts";

export const TOOL = "general-assistant";
let requests = 0;

/** Asks a tool and waits for the reply; `wait: false` leaves it running. */
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

/** Switches review on or off. */
export async function setReview(world: World, enabled: boolean, notice = ""): Promise<void> {
  const { settings } = world.services;
  await settings.save({
    who: "ada@example.org",
    group: "review",
    seen: settings.current.version,
    edit: (now) => ({ ...now, review: { enabled, notice } }),
  });
}

/** The ids of a visitor's replies in their current conversation. */
export async function repliesOf(world: World, visitor = "v1", tool = TOOL) {
  const { messages } = await world.services.pages.chat(visitor, tool, null);
  return messages.filter(({ role }) => role === "assistant");
}
