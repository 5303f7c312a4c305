import { deepStrictEqual as equal } from "node:assert/strict";
import { isOwnServer } from "./own_server.ts";

Deno.test("isOwnServer() accepts this machine and private networks", () => {
  const own = "localhost 127.0.0.1 10.1.2.3 192.168.0.7 172.16.0.1 172.31.9.9 169.254.1.1 [::1] " +
    "[fd12::1] [fe80::1] ollama model.local host.docker.internal nas.lan";
  for (const host of own.split(" ")) equal(isOwnServer(`http://${host}:1234/v1`), true, host);
  const others = "api.openai.com 8.8.8.8 172.32.0.1 172.15.0.1 10.example.com [2001:db8::1] " +
    "localhost.example.com 192.169.0.1 [::ffff:8.8.8.8]";
  for (const host of others.split(" ")) equal(isOwnServer(`https://${host}/v1`), false, host);
});
