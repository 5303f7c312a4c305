/** What each operation of the API does, by its id, for /api/openapi.json. */
export const OPERATION_TEXTS = {
  beginTurn:
    "Begin a turn; the answer is its events, or 202 with its id for `Accept: application/json`",
  followConversation:
    "Live events of the visitor's conversation, from `Last-Event-ID` or `after` on",
  stopReply: "End the reply under way",
  keepFile: "Keep a picture for a message, or begin the upload of a recording by `Upload-Length`",
  readFile: "A picture or kept recording of the visitor's, whole or by `Range`",
  askUpload: "How far an upload has come",
  appendPiece: "Append the next piece of a recording, at `Upload-Offset`",
  discardFile: "Discard what was not sent",
  transcribe: "What is said in a recording, at a tool's cost",
  readLink: "Whether the visitor is linked with a phone",
  beginLink: "A link code for the visitor, or sent to a phone",
  verifyLink: "Link with a phone by the code that was sent to it",
  endLink: "End the link",
  listTools: "The active tools",
  readCosts: "What a tool, or the organisation, costs today and this week",
  receiveWhatsApp: "Twilio's webhook for messages",
  receiveStatus: "Twilio's callback for the status of messages",
  readVoiceNote: "A voice note, for Twilio, for an hour",
  readHealth: "Whether it works",
  readLiveness: "Whether it serves",
  readOpenApi: "This document",
  readMetrics: "Figures for Prometheus",
  complete: "A tool's reply to a conversation of the client's, whole or streamed",
  listModels: "The active tools that the key may ask, as models",
  readModel: "One tool as a model",
  nameAddresses: "The addresses of /v1",
  homePage: "The page of all tools",
  chatPage: "The page of a conversation",
  chatForm: "What a browser without JavaScript posts; goes back to the page",
  exportConversation: "The conversation as Markdown, or with `format=json` as JSON",
  sharePage: "The visitor's read-only links of a conversation",
  shareForm: "Make or end a read-only link",
  sharedPage: "What a read-only link shows",
  historyPage: "The visitor's conversations over all tools",
  helpPage: "Help",
  dataPage: "What is kept of the visitor",
  exportData: "All of the visitor's data as one file",
  deleteData: "Delete all of the visitor's data",
  devicePage: "The visitor's devices",
  deviceForm: "Offer, confirm or end a further device",
  redeemPage: "The page that asks before a device's code is redeemed",
  redeemForm: "Redeem a device's code",
} as const;

export type OperationName = keyof typeof OPERATION_TEXTS;

export const API_TEXTS = {
  description:
    "The API of OBT Helper. Amounts are US dollars. Errors below /api are problem details (RFC 9457), those of /v1 have OpenAI's form; every answer has its `X-Request-Id`.",
  ok: "Done",
  error: "An error; its `requestId` is the answer's `X-Request-Id`",
  apiError: "An error in OpenAI's form",
  otherSite: "Requests that change something must come from this site",
  bearer: "A key of a program, made in the admin area",
  metrics: "METRICS_TOKEN, or the session of a signed-in admin",
  visitor:
    "The visitor's signed cookie, set by the first answer that needs one; `__Host-visitor` over https",
  twilio: "Twilio's signature over PUBLIC_URL and the form",
} as const;
