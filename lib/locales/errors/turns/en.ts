import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "You have used most of your share of today",
  address: "New visitors from your network have used most of their share of today",
  tool: "Today's budget of this tool is nearly used",
};

export const ENGLISH_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "The answer was empty",
      detail:
        "The AI service ended without a text. Your question is saved. Try again, or put it in other words.",
    },
    internal: {
      title: "Something went wrong here",
      detail:
        "Your question is saved. Try again; if it happens again, tell the organisation that runs this page.",
    },
    interrupted: {
      title: "The answer was interrupted",
      detail: "The server was restarted while it was writing. Your question is saved. Try again.",
    },
    "provider-account-empty": {
      title: "The AI service's account is empty",
      detail:
        "The organisation that runs this page needs to add credit there. Tell them; your question is saved until then.",
    },
    "provider-broken": {
      title: "The answer broke off",
      detail:
        "The AI service ended the answer too early. Your question and the partial answer are saved. Try again.",
    },
    "provider-busy": (seconds) => ({
      title: "The AI service is busy",
      detail: `Too many requests reached it at once. Your question is saved. Try again ${
        seconds === null ? "in a moment" : secondsUntil(seconds, "en")
      }.`,
    }),
    "provider-down": {
      title: "The AI service cannot be reached",
      detail: "Your question is saved. Try again in a moment.",
    },
    "provider-filtered": {
      title: "The AI service does not answer this",
      detail: "Its filter stopped the question or the answer. Put it in other words.",
    },
    "provider-only-thinking": {
      title: "The AI model only got as far as thinking",
      detail:
        "It spent the whole length of an answer on thinking. Ask something simpler. The organisation that runs this page can allow longer answers or choose a model that thinks less.",
    },
    "provider-refused": {
      title: "The AI service refused the request",
      detail:
        "The organisation that runs this page needs to look at its settings. Your question is saved.",
    },
    "provider-timeout": {
      title: "The AI service took too long",
      detail: "It stopped answering. Your question and the partial answer are saved. Try again.",
    },
    "provider-too-long": {
      title: "This conversation is too long for the AI model",
      detail: "Begin a new conversation and ask again there, or ask something shorter.",
    },
    "provider-withdrawn": {
      title: "The AI service took its answer back",
      detail: "Put your question in other words.",
    },
    restored: {
      title: "The answer could not be saved",
      detail:
        "An earlier copy of all conversations was put back meanwhile. Load the page again, and ask again.",
    },
    store: {
      title: "The answer could not be saved",
      detail: "Nothing can be saved or read at the moment. Please try again in a minute.",
    },
    unsaved: {
      title: "The answer could not be saved",
      detail:
        "What the AI service wrote cannot be saved. Your question is. Try again, or put it in other words.",
    },
  },
  reviewed:
    "To make these tools better, people of this organisation may read this conversation. Write nothing that must stay private.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]}, so a cheaper model answers.`,
    failed_over: () => "Another model answered, because the usual one failed.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]}, so this answer is kept short.`,
    alert: ({ session }) =>
      `This conversation has cost ${
        formatUsd(session, "en")
      } so far. A new conversation costs less, because less is sent with each message.`,
  },
};
