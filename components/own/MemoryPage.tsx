import { OWN_MEMORY } from "../../lib/locales/own/memory.ts";
import { dayFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type {
  MemoryNoteView,
  MemoryView,
  ToolMemoryView,
} from "../../lib/shared/views/memory_view.ts";
import { truncateLine } from "../../lib/shared/truncate_line.ts";
import { AlertIcon, BinIcon, EditIcon } from "../ui/Icons.tsx";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";

/** Characters of a note that name it. */
const NAMED = 60;
/** Most characters of a note. */
const LONGEST = 500;

interface MemoryPageProps {
  organisation: string;
  simulated: boolean;
  memory: MemoryView;
  /** The note that is open for a change. */
  edited: { tool: string; conversation: string } | null;
  /** IANA name. */
  timeZone: string;
}

/** What the tools remember of a person, to change, delete and switch off. */
export function MemoryPage(props: MemoryPageProps) {
  const { organisation, simulated, memory, edited, timeZone } = props;
  const texts = OWN_MEMORY[useTexts().language];
  const { off, tools } = memory;
  const isOpen = (tool: string, { conversation }: MemoryNoteView) =>
    edited?.tool === tool && edited.conversation === conversation;
  const found = tools.some(({ id, notes }) => notes.some((note) => isOpen(id, note)));
  const noted = tools.some(({ notes }) => notes.length > 0);
  return (
    <Shell organisation={organisation} title={texts.title} simulated={simulated} narrow>
      <h1 class="lead">{texts.title}</h1>
      <div class="text">
        {edited !== null && !found && <p class="note" role="status">{texts.gone}</p>}
        <p>{texts.about}</p>
        {off && <p class="note" role="note">{texts.stoppedAll}</p>}
        {tools.length === 0 && <p class="meta">{texts.empty}</p>}
        {tools.map((tool) => (
          <ToolMemory
            key={tool.id}
            tool={tool}
            off={off}
            timeZone={timeZone}
            isOpen={(note) => isOpen(tool.id, note)}
          />
        ))}
        <section class="stack">
          <h2>{texts.all}</h2>
          <form method="post" action="/memory">
            <p class="buttons">
              <button class="button" type="submit" name="action" value={off ? "on" : "off"}>
                {off ? texts.resumeAll : texts.stopAll}
              </button>
            </p>
          </form>
          {noted && (
            <details>
              <summary class="button danger">
                <BinIcon />
                {texts.clear}
              </summary>
              <form class="note bad" method="post" action="/memory">
                <AlertIcon />
                <div>
                  <b>{texts.forGood}</b>
                  {texts.lost}
                  <p class="buttons">
                    <button class="button danger" type="submit" name="action" value="clear">
                      {texts.confirm}
                    </button>
                    <a class="button" href="/memory">{texts.cancel}</a>
                  </p>
                </div>
              </form>
            </details>
          )}
        </section>
      </div>
    </Shell>
  );
}

interface ToolMemoryProps {
  tool: ToolMemoryView;
  /** Memory is switched off for all tools. */
  off: boolean;
  timeZone: string;
  isOpen: (note: MemoryNoteView) => boolean;
}

/** The notes of one tool. */
function ToolMemory({ tool, off, timeZone, isOpen }: ToolMemoryProps) {
  const { id, name, icon, notes } = tool;
  const texts = OWN_MEMORY[useTexts().language];
  return (
    <section class="stack">
      <h2>
        {icon && <span aria-hidden="true">{icon}</span>} <bdi>{name}</bdi>
      </h2>
      {notes.length === 0 ? <p class="meta">{texts.none}</p> : (
        <ul class="cards list">
          {notes.map((note) =>
            isOpen(note)
              ? <OpenNote key={note.conversation} tool={id} note={note} />
              : <NoteCard key={note.conversation} tool={id} note={note} timeZone={timeZone} />
          )}
        </ul>
      )}
      {tool.off && !off && <p class="note" role="note">{texts.stopped}</p>}
      {!off && (
        <form method="post" action="/memory">
          <input type="hidden" name="tool" value={id} />
          <button
            class="link"
            type="submit"
            name="action"
            value={tool.off ? "on" : "off"}
            aria-label={fill(tool.off ? texts.resumeOf : texts.stopOf, { tool: name })}
          >
            {tool.off ? texts.resume : texts.stop}
          </button>
        </form>
      )}
    </section>
  );
}

function NoteCard(
  { tool, note, timeZone }: { tool: string; note: MemoryNoteView; timeZone: string },
) {
  const { conversation, text, language: written, at } = note;
  const { language } = useTexts();
  const texts = OWN_MEMORY[language];
  const day = dayFormat(language, timeZone).format(at);
  const label = fill(texts.changeOf, { note: truncateLine(text, NAMED) });
  const query = new URLSearchParams({ tool, conversation });
  return (
    <li class="card plain">
      <div>
        <span dir="auto" lang={written ?? undefined}>{text}</span>
        <p class="meta">
          <time dateTime={new Date(at).toISOString()}>{day}</time>
        </p>
      </div>
      <a class="quiet" href={`/memory?${query}#note`} aria-label={label} title={texts.change}>
        <EditIcon />
      </a>
    </li>
  );
}

function OpenNote({ tool, note }: { tool: string; note: MemoryNoteView }) {
  const texts = OWN_MEMORY[useTexts().language];
  return (
    <li class="card plain" id="note">
      <form class="stack" method="post" action="/memory">
        <input type="hidden" name="tool" value={tool} />
        <input type="hidden" name="conversation" value={note.conversation} />
        <label class="stack">
          <span>{texts.field}</span>
          <textarea
            class="field"
            name="text"
            rows={4}
            maxLength={LONGEST}
            dir="auto"
            lang={note.language ?? undefined}
            aria-describedby="note-hint"
          >
            {note.text}
          </textarea>
        </label>
        <p class="meta" id="note-hint">{texts.hint}</p>
        <div class="buttons">
          <button class="button primary" type="submit" name="action" value="save">
            {texts.save}
          </button>
          <button class="button danger" type="submit" name="action" value="delete">
            {texts.remove}
          </button>
          <a class="button" href="/memory">{texts.cancel}</a>
        </div>
      </form>
    </li>
  );
}
