import type { PictureTexts } from "../../../lib/locales/page/pictures/picture_texts.ts";
import { PictureIcon } from "../../ui/Icons.tsx";

interface AddPictureProps {
  texts: PictureTexts;
  /** The style sheet of its script, which is loaded on first use. */
  sheet: string;
  /** Whether the tool's model sees pictures. */
  sees: boolean;
}

/** The picture button of the message field; for a model that does not see only the reason. */
export function AddPicture({ texts, sheet, sees }: AddPictureProps) {
  if (!sees) return <i hidden data-pictures={JSON.stringify({ blind: texts.notSeen })} />;
  const { add, form: _, notSeen: __, ...others } = texts;
  return (
    <button
      type="button"
      class="quiet"
      hidden
      data-pictures={JSON.stringify({ ...others, sheet })}
      aria-label={add}
      title={add}
    >
      <PictureIcon />
    </button>
  );
}
