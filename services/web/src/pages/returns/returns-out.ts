import type { Return } from "@signalbox/db";
import { formatPeriod, isFigureOwed } from "@signalbox/domain";
import type { TableOut } from "../../way-out.ts";
import { markOfReturn } from "./return-words.ts";

/** Returns as a table to take away, one a row. */
export function returnsOut(returns: readonly Return[]): TableOut {
  return {
    name: "returns",
    columns: [
      { key: "organisation", title: "Organisation code" },
      { key: "name", title: "Organisation" },
      { key: "frequency", title: "Frequency" },
      { key: "period", title: "Period" },
      { key: "dueWorkingDay", title: "Due working day" },
      { key: "dueOn", title: "Due on" },
      { key: "status", title: "Status" },
      { key: "receivedAt", title: "Last received" },
      { key: "came", title: "Figures that came" },
      { key: "owed", title: "Figures owed" },
    ],
    rows: returns.map((one) => ({
      organisation: one.organisation,
      name: one.name,
      frequency: one.frequency,
      period: formatPeriod(one.period, one.frequency),
      dueWorkingDay: one.dueWorkingDay,
      dueOn: one.dueOn.toString(),
      status: markOfReturn(one.status, one.late).word,
      receivedAt: one.receivedAt?.toString() ?? null,
      came: one.figures.filter(({ status }) => !isFigureOwed(status)).length,
      owed: one.figures.length,
    })),
  };
}

interface FigureShown {
  readonly metric: string;
  readonly said: string;
  readonly mark: { readonly word: string };
  readonly at: Temporal.Instant | null;
}

/** The figures of one return as a table to take away. */
export function figuresOut(name: string, figures: readonly FigureShown[]): TableOut {
  return {
    name,
    columns: [
      { key: "metric", title: "Figure" },
      { key: "status", title: "Status" },
      { key: "said", title: "It said" },
      { key: "at", title: "First answered" },
    ],
    rows: figures.map(({ metric, said, mark, at }) => ({
      metric,
      said,
      status: mark.word,
      at: at?.toString() ?? null,
    })),
  };
}

interface ChaserShown {
  readonly recipient: string | null;
  readonly because: string;
  readonly status: string;
  readonly at: Temporal.Instant | null;
}

/** Who was chased for one return, as a table to take away. */
export function chasersOut(name: string, chasers: readonly ChaserShown[]): TableOut {
  return {
    name: `${name} chasers`,
    columns: [
      { key: "recipient", title: "Person" },
      { key: "because", title: "Why" },
      { key: "status", title: "Status" },
      { key: "at", title: "When" },
    ],
    rows: chasers.map(({ recipient, because, status, at }) => ({
      recipient,
      because,
      status,
      at: at?.toString() ?? null,
    })),
  };
}
