import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { OWN_HOME } from "../../lib/locales/own/home.ts";
import { fill } from "../../lib/shared/text.ts";
import { StarIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolIcon } from "./ToolIcon.tsx";

/** Id of the form that the stars belong to. */
export const STARS = "stars";

export interface ToolCardProps {
  tool: ToolView;
  /** Text for an exhausted ceiling or share, with the reset time; or null. */
  usedUp: string | null;
  /** Its heading, also where it stands among the favourites. */
  group: string;
  favourite: boolean;
}

/** A tool on the home page; the whole card links to its chat. */
export function ToolCard({ tool, group, usedUp, favourite }: ToolCardProps) {
  const { langs } = tool;
  const label = fill(OWN_HOME[useTexts().language].star, { tool: tool.name });
  return (
    <li class="card" data-tool={tool.id} data-group={group}>
      <ToolIcon id={tool.id} icon={tool.icon} />
      <div>
        <h3>
          <a href={`/chat/${encodeURIComponent(tool.id)}`} dir="auto" lang={langs?.name}>
            {tool.name}
          </a>
        </h3>
        <p class="about" dir="auto" lang={langs?.description}>{tool.description}</p>
        {usedUp && <p class="used-up">{usedUp}</p>}
      </div>
      <button
        id={`star-${tool.id}`}
        class="quiet star"
        type="submit"
        form={STARS}
        name={favourite ? "unstar" : "star"}
        value={tool.id}
        aria-pressed={favourite}
        aria-label={label}
        title={label}
      >
        <StarIcon />
      </button>
    </li>
  );
}
