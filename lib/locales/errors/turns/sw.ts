import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "Umetumia karibu sehemu yako yote ya leo",
  address: "Wageni wapya wa mtandao wako wametumia karibu sehemu yao yote ya leo",
  tool: "Bajeti ya leo ya zana hii inakaribia kwisha",
};

export const SWAHILI_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "Jibu lilikuwa tupu",
      detail:
        "Huduma ya AI ilimaliza bila maandishi. Swali lako limehifadhiwa. Jaribu tena, au sema kwa maneno mengine.",
    },
    internal: {
      title: "Kuna hitilafu hapa",
      detail:
        "Swali lako limehifadhiwa. Jaribu tena; ikitokea tena, liambie shirika linaloendesha ukurasa huu.",
    },
    interrupted: {
      title: "Jibu lilikatizwa",
      detail: "Seva ilianzishwa upya ikiwa inaandika. Swali lako limehifadhiwa. Jaribu tena.",
    },
    "provider-account-empty": {
      title: "Akaunti ya huduma ya AI haina salio",
      detail:
        "Shirika linaloendesha ukurasa huu linahitaji kuongeza salio huko. Liambie; swali lako limehifadhiwa hadi hapo.",
    },
    "provider-broken": {
      title: "Jibu lilikatika",
      detail:
        "Huduma ya AI ilimaliza jibu mapema mno. Swali lako na sehemu ya jibu vimehifadhiwa. Jaribu tena.",
    },
    "provider-busy": (seconds) => ({
      title: "Huduma ya AI ina shughuli nyingi",
      detail: `Maombi mengi mno yalifika kwa pamoja. Swali lako limehifadhiwa. Jaribu tena ${
        seconds === null ? "baada ya muda mfupi" : secondsUntil(seconds, "sw")
      }.`,
    }),
    "provider-down": {
      title: "Huduma ya AI haifikiki",
      detail: "Swali lako limehifadhiwa. Jaribu tena baada ya muda mfupi.",
    },
    "provider-filtered": {
      title: "Huduma ya AI haijibu hili",
      detail: "Kichujio chake kilizuia swali au jibu. Sema kwa maneno mengine.",
    },
    "provider-only-thinking": {
      title: "Modeli ya AI iliishia kufikiri tu",
      detail:
        "Ilitumia urefu wote wa jibu kufikiri. Uliza kitu rahisi zaidi. Shirika linaloendesha ukurasa huu linaweza kuruhusu majibu marefu zaidi au kuchagua modeli inayofikiri kidogo.",
    },
    "provider-refused": {
      title: "Huduma ya AI ilikataa ombi",
      detail:
        "Shirika linaloendesha ukurasa huu linahitaji kuangalia mipangilio yake. Swali lako limehifadhiwa.",
    },
    "provider-timeout": {
      title: "Huduma ya AI ilichukua muda mrefu mno",
      detail: "Iliacha kujibu. Swali lako na sehemu ya jibu vimehifadhiwa. Jaribu tena.",
    },
    "provider-too-long": {
      title: "Mazungumzo haya ni marefu mno kwa modeli ya AI",
      detail: "Anza mazungumzo mapya na uulize tena huko, au uliza kitu kifupi zaidi.",
    },
    "provider-withdrawn": {
      title: "Huduma ya AI iliondoa jibu lake",
      detail: "Uliza swali lako kwa maneno mengine.",
    },
    restored: {
      title: "Jibu halikuweza kuhifadhiwa",
      detail:
        "Wakati huohuo nakala ya awali ya mazungumzo yote ilirejeshwa. Pakia ukurasa upya, kisha uulize tena.",
    },
    store: {
      title: "Jibu halikuweza kuhifadhiwa",
      detail:
        "Kwa sasa hakuna kinachoweza kuhifadhiwa au kusomwa. Tafadhali jaribu tena baada ya dakika moja.",
    },
    unsaved: {
      title: "Jibu halikuweza kuhifadhiwa",
      detail:
        "Ilichoandika huduma ya AI hakiwezi kuhifadhiwa. Swali lako limehifadhiwa. Jaribu tena, au sema kwa maneno mengine.",
    },
  },
  reviewed:
    "Ili kuboresha zana hizi, watu wa shirika hili wanaweza kusoma mazungumzo haya. Usiandike chochote kinachopaswa kubaki siri.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]}, hivyo modeli ya bei nafuu inajibu.`,
    failed_over: () => "Modeli nyingine imejibu, kwa sababu ya kawaida ilishindwa.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]}, hivyo jibu hili linafupishwa.`,
    alert: ({ session }) =>
      `Mazungumzo haya yamegharimu ${
        formatUsd(session, "sw")
      } hadi sasa. Mazungumzo mapya hugharimu kidogo, kwa sababu maandishi machache zaidi hutumwa pamoja na kila ujumbe.`,
  },
};
