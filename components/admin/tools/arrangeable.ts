/**
 * Lets list items be dragged with the mouse. Returns the disposer.
 * A drop submits a form, so that the server renders the new order.
 */
export function arrangeable(listId: string, token: string): () => void {
  const list = document.getElementById(listId);
  const listening = new AbortController();
  const { signal } = listening;
  let dragged: HTMLElement | null = null;
  const items = () => [...list?.querySelectorAll<HTMLElement>(":scope > li") ?? []];
  const places = items().map((item) => Number(item.dataset.place));
  for (const item of items()) item.draggable = true;
  list?.classList.add("arrangeable");

  list?.addEventListener("dragstart", (event) => {
    dragged = itemOf(event);
    dragged?.classList.add("dragged");
    event.dataTransfer?.setData("text/plain", dragged?.dataset.tool ?? "");
  }, { signal });
  list?.addEventListener("dragover", (event) => {
    const over = itemOf(event);
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  }, { signal });
  list?.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    if (dragged) post(dragged.dataset.tool ?? "", places[items().indexOf(dragged)] ?? 0, token);
    dragged = null;
  }, { signal });
  return () => listening.abort();
}

function itemOf(event: DragEvent): HTMLElement | null {
  return event.target instanceof Element
    ? event.target.closest<HTMLElement>("li[data-tool]")
    : null;
}

function post(id: string, place: number, token: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/admin/tools";
  const fields = { csrf: token, action: "place", id, place: String(place) };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
