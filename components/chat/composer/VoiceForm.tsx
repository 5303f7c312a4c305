import { useTexts } from "../../ui/texts.ts";
import { chatPath } from "./TurnForm.tsx";

/** Without a script: a recording from the device's own recorder, or a file. */
export function VoiceForm({ toolId }: { toolId: string }) {
  const { label, send } = useTexts().voice.form;
  return (
    <noscript>
      <form
        class="stack"
        method="post"
        encType="multipart/form-data"
        action={`${chatPath(toolId)}/voice`}
      >
        <label>
          {label} <input type="file" name="recording" accept="audio/*" capture="user" required />
        </label>
        <button type="submit" class="button">{send}</button>
      </form>
    </noscript>
  );
}
