import type { Measure } from "../../../shared/views/experiment_view.ts";

/** A measure in words. */
interface MeasureWords {
  /** Name of the measure. */
  name: string;
  /** Heading of a column, short whatever the admin wrote. */
  column: string;
  /** The people who are counted, as the subject of `does`. */
  people: string;
  /** What the successes of them do. */
  does: string;
  /** The same in a heading: "people of 100 who rate good". */
  who: string;
}

/** A text whose direction does not turn the figures after it. */
const isolated = (text: string) => `\u2068${text}\u2069`;

export function measureWords(measure: Measure): MeasureWords {
  const people = "people";
  switch (measure.code) {
    case "rated":
      return {
        name: "Rated good",
        column: "Rated good",
        people: "people who rate",
        does: "rate its replies good",
        who: "rate good",
      };
    case "phrase": {
      const phrase = isolated(measure.phrase), says = `say “${phrase}”`;
      return { name: `Says “${phrase}”`, column: "Says it", people, does: says, who: says };
    }
    case "link":
      return {
        name: "Opens a link",
        column: "Opens a link",
        people,
        does: "open a link",
        who: "open a link",
      };
    case "export":
      return {
        name: "Exports",
        column: "Exports",
        people,
        does: "export a conversation",
        who: "export",
      };
    case "turns": {
      const { turns } = measure, write = `write ${turns} messages or more`;
      const name = `${turns} messages or more`;
      return { name, column: name, people, does: write, who: write };
    }
    case "return":
      return {
        name: "Comes back within a day",
        column: "Comes back",
        people,
        does: "come back within a day",
        who: "come back within a day",
      };
  }
}
