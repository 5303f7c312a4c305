/* Home page: filters while one types, marks favourites without a reload, shows what is unsent. */

const field = document.getElementById("q");
const found = document.getElementById("found");
const folded = (text) =>
  text.normalize("NFKC").toLowerCase()
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize("NFD").replace(/\p{M}/gu, ""))
    .replace(/[\u064B-\u0652\u0670\u0640]/g, "").replace(/[أإآ]/g, "ا");
/** The server's own search, where the page has its results only. */
let searched = new URL(location.href).searchParams.has("q");

/** A number in the plural form of the page's language. */
function counted(forms, count) {
  const { lang } = document.documentElement;
  return forms[new Intl.PluralRules(lang).select(count)]
    .replace("#", count.toLocaleString(`${lang}-u-nu-latn`));
}

/** Says how many tools there are, or that there is none, with the way back. */
function tell(count, query) {
  if (query === "") return found.replaceChildren();
  const { none, found: forms, all } = found.dataset;
  const text = count === 0 ? none : counted(JSON.parse(forms), count);
  const back = document.createElement("a");
  back.href = "/";
  back.textContent = all;
  const words = document.createElement("bdi");
  words.textContent = query;
  const [before, after = ""] = text.split("{query}");
  found.replaceChildren(before, words, `${after} `, back);
}

function filter() {
  const query = field.value.trim();
  const words = folded(query).split(/\s+/);
  let count = 0;
  for (const group of document.querySelectorAll("#tools > section")) {
    let shown = 0;
    for (const card of group.querySelectorAll(".card")) {
      const { tool, group: heading } = card.dataset;
      const text = folded([card.textContent, heading, tool].join(" "));
      card.hidden = !words.every((word) => text.includes(word));
      if (!card.hidden) shown++;
    }
    group.hidden = shown === 0;
    count += shown;
  }
  const recent = document.querySelector(".recent");
  if (recent) recent.hidden = query !== "";
  tell(count, query);
}

/** Takes the tools and conversations of a page in place of those shown. */
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.getElementById("main");
  for (const part of [".recent", "#tools"]) {
    const mine = main.querySelector(part), theirs = page.querySelector(part);
    if (mine && theirs) mine.replaceWith(theirs);
    else if (mine) mine.remove();
    else if (theirs) document.getElementById("stars").before(theirs);
  }
  showUnsent();
  if (field) filter();
}

field?.addEventListener("input", async () => {
  if (searched) {
    searched = false;
    history.replaceState(null, "", "/");
    document.querySelector("#stars input")?.remove();
    await show(await fetch("/"));
  } else filter();
});
found.addEventListener("click", (event) => {
  if (searched || !field || !event.target.closest("a")) return;
  event.preventDefault();
  field.value = "";
  field.focus();
  filter();
});

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: star } = event;
  if (form.id !== "stars" || !star) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set(star.name, star.value);
  try {
    const answer = await fetch("/", { method: "POST", body });
    if (!answer.ok) throw new Error();
    await show(answer);
    document.getElementById(star.id)?.focus();
  } catch {
    // The form says what went wrong.
    const name = document.createElement("input");
    Object.assign(name, { type: "hidden", name: star.name, value: star.value });
    form.append(name);
    form.submit();
  }
});

/** Opens the list of tools and conversations, whose code is loaded with its first use. */
function openPalette(event) {
  event.preventDefault();
  const failed = () => location.href = "/history";
  import("/palette.js").then(() => dispatchEvent(new Event("palette")), failed);
}
document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "k" && !document.querySelector("dialog[open]")) openPalette(event);
});
document.addEventListener("click", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (plain && event.target.closest("[data-palette]")) openPalette(event);
});

/** Number of messages of this browser that wait to be sent, by tool. */
async function waitingMessages() {
  const counts = new Map();
  if (localStorage.getItem("outbox") === null) return counts;
  const result = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = failed;
    });
  const database = await result(indexedDB.open("outbox"));
  const messages = database.transaction("messages").objectStore("messages").getAll();
  for (const { toolId } of await result(messages)) {
    counts.set(toolId, (counts.get(toolId) ?? 0) + 1);
  }
  database.close();
  return counts;
}

/** Says beside a tool what of this browser was not sent. */
async function showUnsent() {
  const { draft, recording, waiting } = document.getElementById("tools").dataset;
  // Storage may be forbidden.
  const counts = await waitingMessages().catch(() => new Map());
  for (const card of document.querySelectorAll("[data-tool]")) {
    const { tool } = card.dataset;
    let text = null;
    try {
      if (counts.has(tool)) text = counted(JSON.parse(waiting), counts.get(tool));
      else if (localStorage.getItem(`voice:${tool}`) !== null) text = recording;
      else if (localStorage.getItem(`draft:${tool}`)) text = draft;
      else if (localStorage.getItem(`sending:${tool}`)) text = draft;
    } catch {
      return;
    }
    if (text === null) continue;
    const place = card.querySelector(".meta > :last-child");
    const said = document.createElement(place ? "span" : "p");
    said.textContent = text;
    if (place) place.replaceWith(said);
    else {
      said.className = "meta";
      card.querySelector("div").append(said);
    }
  }
}
showUnsent();
addEventListener("pageshow", (event) => event.persisted && fetch("/").then(show));
