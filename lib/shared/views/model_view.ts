/** A model in use that has ended or ends soon. */
export interface EndingModel {
  /** Its stored name, as tools have it. */
  name: string;
  provider: string;
  /** Shutdown day (YYYY-MM-DD). */
  endsOn: string;
  /** Days until then; 0 or less when it has ended. */
  daysLeft: number;
  /** Tools that use it, as model, cheaper model or in their chain. */
  tools: { id: string; name: string }[];
  /** Whether it is the default model of new tools, and of the program's own questions. */
  isDefault: boolean;
  /** Whether it writes down voice messages. */
  transcribes: boolean;
  /** Stored name of the model to use instead; null where none is known and priced. */
  replacement: string | null;
}
