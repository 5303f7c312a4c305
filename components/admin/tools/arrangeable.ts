/**
 * Lets the rows of lists be dragged with the mouse, also from one group to another. Returns the
 * disposer. A drop submits a form, so that the server renders the new order.
 */
export function arrangeable(token: string): () => void {
  const lists = [...document.querySelectorAll<HTMLElement>("ol[data-sortable=true]")];
  const listening = new AbortController();
  const { signal } = listening;
  let dragged: HTMLElement | null = null;
  for (const list of lists) {
    list.classList.add("arrangeable");
    for (const item of list.children) if (item instanceof HTMLElement) item.draggable = true;
    list.addEventListener("dragstart", (event) => {
      dragged = itemOf(event);
      dragged?.classList.add("dragged");
      event.dataTransfer?.setData("text/plain", dragged?.dataset.tool ?? "");
    }, { signal });
    list.addEventListener("dragover", (event) => {
      const over = itemOf(event);
      // Dragging neither shows a tool to people nor hides it.
      if (!dragged || !over || isHidden(list) !== isHidden(listOf(dragged))) return;
      event.preventDefault();
      if (over === dragged) return;
      const { top, height } = over.getBoundingClientRect();
      if (event.clientY < top + height / 2) over.before(dragged);
      else over.after(dragged);
    }, { signal });
    list.addEventListener("dragend", () => {
      dragged?.classList.remove("dragged");
      if (dragged) post(dragged, token);
      dragged = null;
    }, { signal });
  }
  return () => listening.abort();
}

function itemOf({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("li[data-tool]") : null;
}

function listOf(item: HTMLElement): HTMLElement | null {
  return item.closest("ol");
}

function isHidden(list: HTMLElement | null): boolean {
  return list?.dataset.group === undefined;
}

/** Place among all tools, once the item is taken out, beside its new neighbour. */
function placeOf(item: HTMLElement): number {
  const own = Number(item.dataset.place);
  const [before, after] = [item.previousElementSibling, item.nextElementSibling].map((each) =>
    each instanceof HTMLElement ? Number(each.dataset.place) : null
  );
  if (typeof before === "number") return before < own ? before + 1 : before;
  if (typeof after === "number") return after < own ? after : after - 1;
  return own;
}

function post(item: HTMLElement, token: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/admin/tools";
  const group = listOf(item)?.dataset.group;
  const fields = {
    csrf: token,
    action: "place",
    id: item.dataset.tool ?? "",
    place: String(placeOf(item)),
    ...(group !== undefined && { group }),
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
