import { AdminIcon } from "../AdminIcon.tsx";

const SETTINGS: readonly (readonly [name: string, about: string])[] = [
  ["OPENAI_API_KEY", "key of OpenAI"],
  ["ANTHROPIC_API_KEY", "key of Anthropic"],
  [
    "LLM_COMPATIBLE",
    "more servers that speak like OpenAI, as name=address, such as ollama=http://localhost:11434",
  ],
  ["LLM_KEY_NAME", "key of such a server, with its name in capitals in place of NAME"],
  ["LLM_PROVIDER", "the order at the start; the order above goes before it"],
];

/** Where keys and addresses are set: nowhere in the admin area. */
export function KeySettings() {
  return (
    <details class="panel sec">
      <summary>
        <b>Add a provider</b>
        <span class="meta">Or change a key or an address</span>
        <AdminIcon name="chevron" />
      </summary>
      <div class="pad stack">
        <p>
          Keys are not kept in the admin area, so nobody who signs in can read or change them. Set
          them in the environment or in <code>.env</code>, and start the program again:
        </p>
        <ul class="keys">
          {SETTINGS.map(([name, about]) => (
            <li key={name}>
              <code>{name}</code> <span>{about}</span>
            </li>
          ))}
        </ul>
        <p>
          A server on this machine or in its network needs no key, and its models cost nothing.
        </p>
      </div>
    </details>
  );
}
