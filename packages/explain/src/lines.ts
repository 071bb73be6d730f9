import type { Explanation } from "@signalbox/db";
import { formatPeriod, type Frequency } from "@signalbox/domain";
import { columns } from "./columns.ts";
import { type Fact, plainText } from "./fact.ts";
import type { FigureRow } from "./figures.ts";
import { explainedCase } from "./sections.ts";
import { wrap } from "./wrap.ts";

/** Why a case stands, as plain text of 80 columns; sections that have nothing to say are left out. */
export function explanationLines(explanation: Explanation): string[] {
  const { heading, figures, sections } = explainedCase(explanation);
  const told = sections.map(({ title, facts }) => [title, facts.flatMap(factLines)] as const);
  const [first, ...rest] = told;
  const table = ["Figures", figureLines(figures, explanation.case.frequency)] as const;
  return [
    ...heading.flatMap((fact) => wrap(plainText(fact))),
    ...[first, table, ...rest].flatMap((section) => {
      if (section === undefined || section[1].length === 0) return [];
      return ["", section[0].toUpperCase(), ...section[1]];
    }),
  ];
}

function factLines(fact: Fact): string[] {
  return [
    ...wrap(plainText(fact), { indent: 2, hang: 2 }),
    ...fact.under.flatMap((one) => wrap(plainText(one), { indent: 6, hang: 2 })),
  ];
}

function figureLines(rows: readonly FigureRow[], frequency: Frequency): string[] {
  if (rows.length === 0) return [];
  return columns(
    [
      ["period", "value", "plan", "RAG", "tier", "board/SLT", ""],
      ...rows.map(({ period, value, plan, rag, tier, limits, notes }) => [
        // As the API writes it: fits a column.
        formatPeriod(period, frequency),
        value,
        plan,
        rag,
        tier,
        limits,
        notes,
      ]),
    ],
    "  ",
  );
}
