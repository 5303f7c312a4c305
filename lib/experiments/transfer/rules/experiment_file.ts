import { z } from "zod";
import { LETTERS } from "../../../shared/views/experiment_view.ts";
import { isUnseen, lineOf } from "../../../shared/truncate_line.ts";
import { type ExperimentPlan, wrongShares } from "../../rules/experiment_form.ts";
import {
  contentOf,
  EXPERIMENT_LIMITS,
  measureSchema,
  variantContent,
} from "../../rules/variant_content.ts";

const share = z.object({
  note: z.string().max(EXPERIMENT_LIMITS.note),
  share: z.number(),
});

/** An experiment in a file of tools; the first variant is the tool as it will be at the start. */
const fileSchema = z.object({
  name: z.string().transform(lineOf).refine((name) => !isUnseen(name))
    .pipe(z.string().max(EXPERIMENT_LIMITS.name)),
  measure: measureSchema,
  include: z.number().int().min(1).max(100),
  days: z.number().int().min(1).max(EXPERIMENT_LIMITS.days).nullable(),
  guard: z.boolean(),
  variants: z.tuple([share], share.extend(variantContent.shape))
    .refine(({ length }) => length >= 2 && length <= LETTERS.length)
    .refine((variants) => wrongShares(variants.map(({ share }) => share)) === null),
});

/** An experiment's definition for a file: neither its state nor its counts. */
export function experimentEntry(
  { name, measure, include, days, guard, variants, contents }: ExperimentPlan,
): z.output<typeof fileSchema> {
  const [first, ...others] = variants.map(({ letter, note, share }) => ({ letter, note, share }));
  const { note = "", share = 0 } = first ?? {};
  const own = others.flatMap(({ letter, ...variant }) => {
    const content = contents[letter];
    return content ? [{ ...variant, ...contentOf(content) }] : [];
  });
  return { name, measure, include, days, guard, variants: [{ note, share }, ...own] };
}

/** The definition in a file; null if it is not right. */
export function planInFile(entry: unknown): ExperimentPlan | null {
  const { data } = fileSchema.safeParse(entry);
  if (!data) return null;
  const lettered = data.variants.flatMap((variant, index) => {
    const letter = LETTERS[index];
    return letter === undefined ? [] : [{ letter, variant }];
  });
  return {
    ...data,
    variants: lettered.map(({ letter, variant: { note, share } }) => ({ letter, note, share })),
    contents: Object.fromEntries(
      lettered.flatMap(({ letter, variant }) =>
        "systemPrompt" in variant ? [[letter, contentOf(variant)]] : []
      ),
    ),
  };
}
