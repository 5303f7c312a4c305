import { launchBrowser } from "/work/main/tests/support/chromium.ts";
import { startServer } from "/work/main/tests/support/server.ts";
console.time("server"); await using s = await startServer(); console.timeEnd("server");
console.time("browser"); const b = await launchBrowser(); console.timeEnd("browser");
console.log(b.version(), s.url);
const p = await b.newPage(); await p.goto(s.url + "/chat/general-assistant"); console.log(await p.title());
await p.screenshot({path:"/tmp/x.png"});
await b.close(); console.log(s.log.slice(0,5));
