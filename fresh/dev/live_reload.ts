/** Event stream with the server's revision. */
const ALIVE = "/_frsh/alive";
/** Path of the development script. */
export const DEV_SCRIPT = "/_frsh/dev.js";

// Hidden tabs disconnect: browsers limit the connections per server.
const SCRIPT = `let known, source;
function connect() {
  source?.close();
  source = undefined;
  if (document.hidden) return;
  source = new EventSource(new URL("alive", import.meta.url));
  source.onmessage = ({ data }) => {
    if (known !== undefined && known !== data) location.reload();
    known = data;
  };
  source.onerror = () => source?.readyState === 2 && setTimeout(connect, 1000);
}
document.addEventListener("visibilitychange", connect);
connect();
`;

/** Serves the script that reloads pages after a restart, and its event stream. */
export function liveReload(): (req: Request) => Response | null {
  const revision = String(Date.now());
  return (req) => {
    const { pathname } = new URL(req.url);
    if (pathname.endsWith(DEV_SCRIPT)) {
      return new Response(SCRIPT, {
        headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" },
      });
    }
    return pathname.endsWith(ALIVE) ? alive(revision) : null;
  };
}

function alive(revision: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`retry: 300\ndata: ${revision}\n\n`));
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
