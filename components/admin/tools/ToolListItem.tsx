import { formatUsd } from "../../../lib/shared/money.ts";
import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { ToolIcon } from "../../tools/ToolIcon.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { ToolMenu, type ToolMenuProps } from "./ToolMenu.tsx";

/** A tool in the list: one line with its figures and a menu of actions. */
export function ToolListItem(props: ToolMenuProps) {
  const { tool } = props;
  const { id, place, name, icon, model, modelEnded } = tool;
  return (
    <li id={`tool-${id}`} data-tool={id} data-place={place}>
      <div class="row link">
        <span class="icon-btn grip" aria-hidden="true">
          <AdminIcon name="grip" />
        </span>
        <ToolIcon id={id} icon={icon} />
        <div class="g">
          <div class="name">
            <a href={`/admin/tools/${id}`} draggable={false} dir="auto">{name}</a>
            <Chips tool={tool} />
          </div>
          <span class="meta">{messageText(tool)}</span>
        </div>
        <Column name="Model" value={modelEnded ? `${model} (ended)` : model} kind="model" />
        <Column name="A message" value={tool.message === null ? "–" : formatUsd(tool.message)} />
        <Column
          name="Last 7 days"
          value={tool.spentWeek === 0n ? "–" : formatUsd(tool.spentWeek)}
        />
        <Column name="Rated good" value={ratedText(tool)} />
        <ToolMenu {...props} />
      </div>
    </li>
  );
}

function Column({ name, value, kind }: { name: string; value: string; kind?: "model" }) {
  return (
    <span class={kind ? `col ${kind}` : "col"}>
      <span class="sr">{name}:</span> {value}
    </span>
  );
}

function Chips({ tool: { active, whatsapp, message, usedPercent } }: { tool: ToolRow }) {
  return (
    <>
      {!active && <span class="chip">Hidden</span>}
      {whatsapp && <span class="chip plain">WhatsApp</span>}
      {message === null && <span class="chip bad">No price known</span>}
      {usedPercent >= 80 && (
        <span class={usedPercent >= 100 ? "chip bad" : "chip warn"}>
          {usedPercent}% of today
        </span>
      )}
    </>
  );
}

/** For screens without room for columns. */
function messageText(tool: ToolRow): string {
  const price = tool.message === null ? "No price known" : `${formatUsd(tool.message)} a message`;
  return isRated(tool) ? `${price} · ${ratedText(tool)} rated good` : price;
}

/** Percentages of few ratings would say more than is known. */
const ENOUGH = 20;

function ratedText(tool: ToolRow): string {
  const { up, down } = tool.rated;
  if (!isRated(tool)) return "–";
  return up + down < ENOUGH ? `${up} of ${up + down}` : `${Math.round(100 * up / (up + down))}%`;
}

function isRated({ rated: { up, down } }: ToolRow): boolean {
  return up + down > 0;
}
