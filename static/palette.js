/*
 * A list of tools and conversations over a page: type to search, arrows to choose, Enter to open.
 * The field is a combobox whose list box has the results; the focus stays in it.
 */

/** Pause after a key before the server is asked. */
const PAUSE_MS = 120;

const dialog = make("dialog", "palette");
const field = make("input");
const list = make("ul");
const nothing = make("p", "nothing");
const keys = make("p", "meta keys");
const close = make("button", "quiet close");
let texts, items = [], chosen = 0, asked = 0, timer;

function make(name, className = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  return element;
}

function key(name) {
  const element = make("kbd");
  element.textContent = name;
  return element;
}

/** Builds it once, in the page's language. */
function build() {
  const sheet = make("link");
  Object.assign(sheet, { rel: "stylesheet", href: "/palette.css" });
  const shown = new Promise((done) => sheet.onload = sheet.onerror = done);
  document.head.append(sheet);
  dialog.setAttribute("aria-label", texts.title);
  Object.assign(field, { type: "search", role: "combobox", autocomplete: "off", dir: "auto" });
  field.placeholder = texts.title;
  const about = {
    "aria-label": texts.title,
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    enterkeyhint: "go",
    maxlength: 200,
  };
  for (const [name, value] of Object.entries(about)) field.setAttribute(name, value);
  Object.assign(list, { id: "palette-list", role: "listbox" });
  list.setAttribute("aria-label", texts.title);
  nothing.setAttribute("role", "status");
  close.type = "button";
  close.title = `${texts.close}: Esc`;
  close.setAttribute("aria-label", close.title);
  close.append(key("Esc"));
  keys.append(key("↑"), " ", key("↓"), ` ${texts.choose} · `, key("Enter"), ` ${texts.open}`);
  const row = make("div", "filter");
  const svg = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(svg, "svg");
  const path = document.createElementNS(svg, "path");
  icon.setAttribute("class", "icon");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5");
  icon.append(path);
  row.append(icon, field, close);
  dialog.append(row, list, nothing, keys);
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", onKey);
  // The focus stays in the field.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) go(items[[...list.children].indexOf(option)]);
  });
  return shown;
}

function onKey(event) {
  if (event.isComposing) return;
  const last = items.length - 1;
  const to = {
    ArrowDown: chosen < last ? chosen + 1 : 0,
    ArrowUp: chosen > 0 ? chosen - 1 : last,
    PageDown: last,
    PageUp: 0,
  }[event.key];
  if (event.key === "Enter") {
    event.preventDefault();
    if (items[chosen]) go(items[chosen]);
  } else if (
    // Without this, Escape would only empty the field.
    event.key === "Escape" ||
    event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)
  ) {
    // The page, which opens it with the same key, finds it closed.
    event.stopPropagation();
    event.preventDefault();
    dialog.close();
  } else if (to !== undefined && last >= 0) {
    event.preventDefault();
    choose(to);
  }
}

function choose(index) {
  chosen = index;
  for (const [i, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(i === index));
    if (i === index) option.scrollIntoView({ block: "nearest" });
  }
  if (list.children[index]) field.setAttribute("aria-activedescendant", `palette-${index}`);
  else field.removeAttribute("aria-activedescendant");
}

/** Asks the server for what is typed, and shows the answer unless more was typed since. */
async function ask() {
  const mine = ++asked;
  const query = field.value.trim();
  const answer = await fetch(`/find?q=${encodeURIComponent(query)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = await answer.json();
  texts ??= found.texts;
  if (mine !== asked) return;
  items = found.items;
  list.replaceChildren(...items.map((item, i) => optionOf(item, i, query)));
  list.hidden = items.length === 0;
  field.setAttribute("aria-expanded", String(items.length > 0));
  nothing.textContent = items.length === 0 ? texts.none.replace("{query}", query) : "";
  choose(0);
}

function optionOf({ icon, tint, title, about, lang }, index, query) {
  const option = make("li");
  Object.assign(option, { id: `palette-${index}`, role: "option" });
  const picture = make("span", `tool-icon tint-${tint}`);
  picture.textContent = icon || "✨";
  picture.setAttribute("aria-hidden", "true");
  const name = make("b");
  name.dir = "auto";
  if (lang) name.lang = lang;
  name.append(...marked(title, query));
  const more = make("span", "meta");
  more.dir = "auto";
  more.append(...marked(about, query));
  const words = make("div");
  words.append(name, more);
  option.append(picture, words);
  return option;
}

/** A text with its first match marked. */
function marked(text, query) {
  const [word = ""] = query.toLowerCase().split(/\s+/);
  const at = word === "" ? -1 : text.toLowerCase().indexOf(word);
  if (at < 0) return [text];
  const mark = make("mark");
  mark.textContent = text.slice(at, at + word.length);
  return [text.slice(0, at), mark, text.slice(at + word.length)];
}

/** Opens a tool or its current conversation; an earlier one is taken up by a form. */
function go({ tool, kind, conversation }) {
  dialog.close();
  if (conversation === undefined) {
    location.href = `/chat/${encodeURIComponent(tool)}${kind === "conversation" ? "#latest" : ""}`;
    return;
  }
  const form = make("form");
  Object.assign(form, { method: "post", action: "/history", hidden: true });
  for (const [name, value] of Object.entries({ tool, conversation, action: "open" })) {
    form.append(Object.assign(make("input"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}

async function open() {
  if (dialog.open) return;
  try {
    field.value = "";
    await ask();
    if (!dialog.isConnected) await build();
    // The first answer came before the field was in the page.
    choose(0);
    dialog.showModal();
    field.focus();
  } catch {
    location.href = "/history";
  }
}

addEventListener("palette", open);
