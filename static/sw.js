/*
 * Keeps on this device what was read last, for times without a network. Pages come from the network
 * whenever there is one; a kept page is shown only without, and says so. Private pages, the admin
 * area, shared links and the API are never kept.
 */

const PAGES = "pages";
const FILES = "files";
const OFFLINE = "/offline";
/** Pages that are kept: all tools, a conversation, the list of conversations, help. */
const KEPT = /^\/(chat\/[\w-]+|history|help)?$/;
/** Files under names that change with their content. */
const HASHED = /^\/_frsh\/js\/|[?&](__frsh_c|v)=/;
/** Parts of the chat page that are loaded on use, and must be there without a network. */
const ON_USE = /^(open_outbox|open_voice|open_pictures|copying)-/;
/** Without an answer for so long there is no network; only where a kept page takes its place. */
const NETWORK_MS = 8_000;
const MOST_PAGES = 30;
const MOST_FILES = 90;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(prepare());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    // A form was sent: what was read before may be wrong, or deleted.
    if (request.mode === "navigate") event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === "navigate") {
    if (KEPT.test(url.pathname)) event.respondWith(page(event, url));
    else if (!/^\/(admin|api|v1|shared)\b/.test(url.pathname)) {
      event.respondWith(fromNetwork(request).catch(() => offlinePage()));
    }
  } else if (HASHED.test(url.pathname + url.search)) event.respondWith(file(event));
});

/** The page as it stands, from a tab that is left: what was read there came after its request. */
addEventListener("message", (event) => {
  const { html } = event.data;
  const url = new URL(event.source.url);
  if (typeof html !== "string" || !KEPT.test(url.pathname) || url.search !== "") return;
  event.waitUntil(keepPage(url, html));
});

/** The page for times without a network, and the parts that it and the chat need then. */
async function prepare() {
  const answer = await fetch(OFFLINE);
  if (!answer.ok) throw new Error(`${OFFLINE}: ${answer.status}`);
  const html = await answer.clone().text();
  const pages = await caches.open(PAGES);
  await pages.put(OFFLINE, answer);
  await keepFilesOf(html);
}

/** The sheets, scripts and pictures that a page names. */
async function keepFilesOf(html) {
  await Promise.all(filesOf(html).map(keepFile));
}

function filesOf(html) {
  const names = html.matchAll(
    /\/_frsh\/js\/[\w-]+\.js|\/(?!reader)[\w.-]+(?:\.css|\.png|theme|logo)\?(?:__frsh_c|v)=[\w-]+/g,
  );
  return [...new Set([...names].map(([name]) => name))];
}

/** A file, and the scripts that it imports at once or, if the chat needs them, later. */
async function keepFile(path) {
  const files = await caches.open(FILES);
  if (await files.match(path)) return;
  const answer = await fetch(path).catch(() => null);
  if (!answer?.ok) return;
  const script = path.endsWith(".js") ? await answer.clone().text() : "";
  await files.put(path, answer);
  const folder = path.replace(/[^/]*$/, "");
  await Promise.all(
    [...script.matchAll(/(from|import|import\()"\.\/([\w-]+\.js)"/g)]
      .filter(([, how, name]) => how !== "import(" || ON_USE.test(name))
      .map(([, , name]) => keepFile(folder + name)),
  );
}

/** A page from the network; where its visitor is another one, none of the former's stays. */
async function fromNetwork(request) {
  const answer = await fetch(request);
  if (answer.headers.has("x-other-visitor")) {
    await caches.delete(PAGES);
    // Its language may be another one, too; without it nothing is shown offline until then.
    prepare().catch(() => {});
  }
  return answer;
}

/** A page from the network, kept for later; without a network as it was read last. */
async function page(event, url) {
  const kept = async () => await (await caches.open(PAGES)).match(url.pathname);
  const asking = fromNetwork(event.request).then((answer) => {
    if (answer.status === 200 && answer.type === "basic" && url.search === "") {
      const copy = answer.clone();
      event.waitUntil(copy.text().then((html) => keepPage(url, html, copy)));
    }
    return answer;
  });
  const late = new Promise((_, refuse) =>
    setTimeout(async () => await kept() && refuse(), NETWORK_MS)
  );
  try {
    return await Promise.race([asking, late]);
  } catch {
    asking.catch(() => {});
    const page = await kept();
    return page ? marked(page) : offlinePage();
  }
}

async function keepPage({ pathname }, html, from) {
  const pages = await caches.open(PAGES);
  const { headers } = from ?? await pages.match(pathname) ?? await pages.match(OFFLINE) ?? {};
  const kept = new Headers({ "x-kept-at": String(Date.now()) });
  for (const name of ["content-type", "content-security-policy", "referrer-policy"]) {
    const value = headers?.get(name);
    if (value) kept.set(name, value);
  }
  if (!kept.has("content-security-policy")) return;
  // Written anew it is the last of the list.
  await pages.delete(pathname);
  await pages.put(pathname, new Response(html, { headers: kept }));
  await trim(pages, MOST_PAGES);
  await keepFilesOf(html);
  // The person reads another language now.
  const frame = await (await pages.match(OFFLINE))?.text();
  if (from && frame && languageOf(frame) !== languageOf(html)) await prepare();
}

/** A file under a name of its own content never changes. */
async function file(event) {
  const { request } = event;
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") {
    const copy = answer.clone();
    event.waitUntil(files.put(request, copy).then(trimFiles));
  }
  return answer;
}

/** Forgets the oldest entries; the page for times without a network is never one. */
async function trim(cache, most) {
  const keys = await cache.keys();
  const old = keys.filter(({ url }) => !url.endsWith(OFFLINE)).slice(0, -most);
  for (const key of old) await cache.delete(key);
  return old.map(({ url }) => url.slice(location.origin.length));
}

/** Forgets the oldest files, and the pages of earlier versions that need them. */
async function trimFiles() {
  const gone = await trim(await caches.open(FILES), MOST_FILES);
  if (gone.length === 0) return;
  const pages = await caches.open(PAGES);
  for (const page of await pages.keys()) {
    const html = await (await pages.match(page))?.text() ?? "";
    const needs = filesOf(html).some((name) => gone.includes(name));
    if (needs && !page.url.endsWith(OFFLINE)) await pages.delete(page);
  }
}

/** A kept page, with a note that it is one. */
async function marked(kept) {
  const [html, texts] = await Promise.all([kept.text(), offlineTexts()]);
  const time = timeOf(kept, html);
  const note = texts &&
    `<div class="note" role="status" id="kept"><p><b>${texts.lead}</b> ${
      texts.read.replace("{time}", time)
    } <a href="">${texts.again}</a></p></div>`;
  const body = html.replace(/<main\b[^>]*>/, (start) => start + (note ?? ""));
  return new Response(body, { headers: kept.headers });
}

/** What to read and what waits, in place of a page that was never read. */
async function offlinePage() {
  const pages = await caches.open(PAGES);
  const frame = await pages.match(OFFLINE);
  if (!frame) return Response.error();
  const [html, texts] = await Promise.all([frame.clone().text(), offlineTexts()]);
  const waiting = await waitingByTool();
  const items = [];
  for (const { url } of (await pages.keys()).reverse()) {
    const { pathname } = new URL(url);
    const kept = pathname.startsWith("/chat/") && await pages.match(url);
    if (!kept) continue;
    const page = await kept.text();
    const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(page)?.[1].replace(/<[^>]*>/g, "") ?? "";
    const count = waiting.get(pathname.slice("/chat/".length)) ?? 0;
    const about = count > 0
      ? counted(count, texts.waiting, page)
      : texts.kept.replace("{time}", timeOf(kept, page));
    items.push(
      `<li class="card plain"><div><h3><a href="${pathname}" dir="auto">${title}</a></h3>` +
        `<p class="meta">${about}</p></div></li>`,
    );
  }
  const body = items.length === 0
    ? html.replace(/<section id="kept"[^]*?<\/section>/, "")
    : html.replace(/(<ul id="kept-pages"[^>]*>)/, (start) => start + items.join(""));
  return new Response(body, { headers: frame.headers });
}

/** The texts of the page for times without a network, as safe HTML; null before it is kept. */
async function offlineTexts() {
  const frame = await (await caches.open(PAGES)).match(OFFLINE);
  const json = frame && /<ul id="kept-pages"[^>]*data-texts="([^"]*)"/.exec(await frame.text());
  if (!json) return null;
  return JSON.parse(json[1].replaceAll("&quot;", '"').replaceAll("&#39;", "'"));
}

function languageOf(html) {
  return `${/<html[^>]*\blang="([\w-]+)"/.exec(html)?.[1] ?? "en"}-u-nu-latn`;
}

function timeOf(kept, html) {
  const at = Number(kept.headers.get("x-kept-at")) || Date.now();
  const today = new Date().toDateString() === new Date(at).toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(languageOf(html), style).format(at);
}

function counted(count, forms, html) {
  const language = languageOf(html);
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
  return form.replace("#", new Intl.NumberFormat(language).format(count));
}

/** Numbers of waiting messages, by tool. */
async function waitingByTool() {
  const counts = new Map();
  const all = await new Promise((resolve) => {
    const opening = indexedDB.open("outbox");
    // There is no outbox: none is made.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction("messages").objectStore("messages").getAll();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result);
      };
      reading.onerror = () => resolve([]);
    };
  });
  for (const { toolId } of all) counts.set(toolId, (counts.get(toolId) ?? 0) + 1);
  return counts;
}
