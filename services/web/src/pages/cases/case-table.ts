import type { TableOut } from "../../way-out.ts";
import type { CaseRow } from "./case-rows.ts";

/** The list of cases as a table to take away. */
export function caseTable(rows: readonly CaseRow[]): TableOut {
  return {
    name: "escalations",
    columns: [
      { key: "id", title: "Case" },
      { key: "title", title: "What" },
      { key: "organisation", title: "Organisation" },
      { key: "code", title: "Organisation code" },
      { key: "area", title: "Area" },
      { key: "tier", title: "Tier" },
      { key: "forum", title: "Stands before" },
      { key: "since", title: "Since" },
      { key: "ended", title: "Ended" },
      { key: "rag", title: "RAG" },
      { key: "value", title: "Value" },
      { key: "period", title: "Period of value" },
      { key: "limit", title: "Limit" },
      { key: "move", title: "Last move" },
      { key: "acknowledged", title: "Acknowledged" },
      { key: "chosen", title: "Chosen" },
      { key: "heldBack", title: "Held back" },
      { key: "awaitsSignOff", title: "Held for sign-off" },
      { key: "disputedUntil", title: "Disputed until" },
    ],
    rows: rows.map(({ mark, ranOut: _ranOut, ...row }) => ({ ...row, rag: mark?.word ?? null })),
  };
}
