import { deepStrictEqual as equal } from "node:assert/strict";
import { apiAddress, isModelRuntime } from "./server_address.ts";

Deno.test("apiAddress() adds the version to an address alone, and nothing to a path", () => {
  const table = {
    "http://localhost:11434": "http://localhost:11434/v1",
    "http://localhost:1234/": "http://localhost:1234/v1",
    "https://api.groq.com/openai/v1": "https://api.groq.com/openai/v1",
    "https://generativelanguage.googleapis.com/v1beta/openai":
      "https://generativelanguage.googleapis.com/v1beta/openai",
    "https://gateway.example.org?tenant=1": "https://gateway.example.org?tenant=1",
  };
  for (const [set, asked] of Object.entries(table)) equal(apiAddress(set), asked);
});

Deno.test("isModelRuntime() knows Ollama and LM Studio on own machines by their ports", () => {
  for (
    const url of ["http://localhost:11434/v1", "http://192.168.1.9:1234", "http://ollama:11434"]
  ) {
    equal(isModelRuntime(url), true, url);
  }
  for (
    const url of ["http://localhost:4000", "https://llm.example.org:11434", "http://ollama/v1"]
  ) {
    equal(isModelRuntime(url), false, url);
  }
});
