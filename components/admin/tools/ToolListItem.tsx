import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { formatUsd } from "../../../lib/shared/money.ts";
import { ToolIcon } from "../../tools/ToolIcon.tsx";
import { AdminForm } from "../AdminForm.tsx";
import { priceText } from "./editor/prices.ts";

interface ToolListItemProps {
  tool: ToolRow;
  token: string;
  first: boolean;
  last: boolean;
}

/** A tool in the list, with its actions. */
export function ToolListItem({ tool, token, first, last }: ToolListItemProps) {
  const { id, name, description, icon, active, whatsapp } = tool;
  const of = <span class="sr">{` “${name}”`}</span>;
  return (
    <li id={`tool-${id}`} data-tool={id} class={active ? undefined : "is-off"}>
      <ToolIcon id={id} icon={icon} />
      <div class="tool-what">
        <h2>
          <a href={`/admin/tools/${id}`}>{name}</a> {!active && <span class="tag off">off</span>}
          {whatsapp && <span class="tag">WhatsApp</span>}
        </h2>
        <p class="meta" dir="auto">{description}</p>
      </div>
      <ToolFigures tool={tool} />
      <AdminForm token={token} class="tool-actions">
        <input type="hidden" name="id" value={id} />
        <span class="pair">
          <button
            id={`up-${id}`}
            class="quiet"
            name="action"
            value="up"
            type="submit"
            disabled={first}
          >
            <Arrow d="m6 14 6-6 6 6" />
            <span class="sr">Move “{name}” up</span>
          </button>
          <button
            id={`down-${id}`}
            class="quiet"
            name="action"
            value="down"
            type="submit"
            disabled={last}
          >
            <Arrow d="m6 10 6 6 6-6" />
            <span class="sr">Move “{name}” down</span>
          </button>
        </span>
        <button
          id={`switch-${id}`}
          class="quiet"
          name="action"
          value={active ? "off" : "on"}
          type="submit"
        >
          {active ? "Switch off" : "Switch on"}
          {of}
        </button>
        <button class="quiet" name="action" value="duplicate" type="submit">
          Duplicate{of}
        </button>
        <button class="quiet danger" name="action" value="delete" type="submit">
          Delete{of}
        </button>
      </AdminForm>
    </li>
  );
}

function ToolFigures({ tool }: { tool: ToolRow }) {
  const { model, price, spentToday, ceiling, usedPercent } = tool;
  const spent = formatUsd(BigInt(spentToday));
  const level = usedPercent >= 100 ? "red" : usedPercent >= 80 ? "yellow" : "green";
  return (
    <dl class="tool-figures">
      <div>
        <dt>Model</dt>
        <dd>
          {model}
          <span class="meta">
            {price === null ? <strong class="bad">no price known</strong> : priceText(price)}
          </span>
        </dd>
      </div>
      <div>
        <dt>Today</dt>
        <dd>
          {ceiling === null ? `${spent}, no ceiling` : `${spent} of ${formatUsd(BigInt(ceiling))}`}
          {ceiling !== null && (
            <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-all" width="100" height="6" />
              <rect class={`bar-part ${level}`} width={Math.min(100, usedPercent)} height="6" />
            </svg>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Arrow({ d }: { d: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
