/** How the simulator handles one message instead of accepting it. */
export type TwilioFault =
  | { kind: "refuse"; status: number; code: number; retryAfter?: string }
  /** Answers with something other than Twilio's JSON. */
  | { kind: "page"; status: number }
  /** Stores the message and never answers. */
  | { kind: "silent" }
  /** Never answers and stores nothing. */
  | { kind: "deaf" }
  /** Resets the connection; `stored` says whether the message was accepted before. */
  | { kind: "reset"; stored: boolean }
  /** Stores the message and breaks off in the middle of its answer. */
  | { kind: "cut" }
  /** Stores the message and answers this status, as a gateway that timed out does. */
  | { kind: "late"; status: number }
  /** Accepts after `ms` milliseconds. */
  | { kind: "slow"; ms: number }
  /** Accepts, then reports a failure with this code, as Twilio does with 63016. */
  | { kind: "fails"; code: number }
  /** Accepts normally; fills a place in a sequence. */
  | { kind: "accept" };

const refuse = (status: number, code: number, retryAfter?: string): TwilioFault => ({
  kind: "refuse",
  status,
  code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** Common faults by name. */
export const FAULTS = {
  badRequest: refuse(400, 21211),
  tooLong: refuse(400, 21617),
  unauthorized: refuse(401, 20003),
  forbidden: refuse(403, 20005),
  noAccount: refuse(404, 20404),
  countryClosed: refuse(403, 21408),
  unheardOf: refuse(403, 64999),
  tooMany: refuse(429, 20429, "2"),
  serverError: refuse(500, 20500),
  unavailable: refuse(503, 20503),
  optedOut: refuse(400, 21610),
  windowClosed: refuse(400, 63016),
  tooFast: refuse(429, 63018, "1"),
  htmlError: { kind: "page", status: 502 },
  htmlAccepted: { kind: "page", status: 201 },
  timeoutAfterAcceptance: { kind: "silent" },
  timeoutBeforeAcceptance: { kind: "deaf" },
  resetBefore: { kind: "reset", stored: false },
  resetAfter: { kind: "reset", stored: true },
  cutAnswer: { kind: "cut" },
  gatewayTimeout: { kind: "late", status: 504 },
  failsClosed: { kind: "fails", code: 63016 },
  failsTooFast: { kind: "fails", code: 63018 },
  accept: { kind: "accept" },
} satisfies Record<string, TwilioFault>;
