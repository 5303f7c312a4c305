import { page } from "fresh";
import { MemoryPage } from "@/components/own/MemoryPage.tsx";
import { AppError } from "@/lib/platform/errors.ts";
import { CHAT_BODY_BYTES, readForm } from "@/lib/web/edge/body.ts";
import { define } from "@/lib/web/define.ts";
import { visit } from "@/lib/web/visit.ts";

/** Longest id in a form or an address. */
const LONGEST_ID = 100;

export const handler = define.handlers({
  /** What tools remember of the visitor; with a tool and a conversation, its note to change. */
  async GET(ctx) {
    const { memory, deps } = ctx.state.services;
    const { tool, conversation } = idsIn(ctx.url.searchParams);
    return page({
      memory: await memory.view(ctx.state.visitor?.id ?? ""),
      edited: tool === null ? null : { tool, conversation: conversation ?? "" },
      simulated: deps.provider.simulated,
      timeZone: deps.config.TIME_ZONE,
    }, { headers: { "cache-control": "no-store" } });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req, CHAT_BODY_BYTES);
    const { memory } = ctx.state.services;
    const visitor = visit(ctx).id;
    const { tool, conversation } = idsIn(form);
    const note = { visitor, tool: tool ?? "", conversation: conversation ?? "" };
    switch (form.get("action")) {
      case "save":
        await memory.edit(note, form.get("text") ?? "");
        break;
      case "delete":
        await memory.forget(note);
        break;
      case "clear":
        await memory.forgetAll(visitor, tool);
        break;
      case "off":
      case "on":
        await memory.switchOff(visitor, tool, form.get("action") === "off");
        break;
      default:
        throw new AppError("invalid", { code: "action.unknown" });
    }
    return ctx.redirect("/memory", 303);
  },
});

function idsIn(fields: Pick<URLSearchParams, "get">) {
  const of = (name: string) => {
    const value = fields.get(name) ?? "";
    return value !== "" && value.length <= LONGEST_ID ? value : null;
  };
  return { tool: of("tool"), conversation: of("conversation") };
}

export default define.page<typeof handler>(({ data, state }) => (
  <MemoryPage organisation={state.organisation} {...data} />
));
