import type { ApiClient } from "../harness/api-client.ts";

interface ShownFigure {
  readonly value: number | null;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly submission: string;
}

interface ShownDecision {
  readonly rag: string;
  readonly tier: string;
}

export interface ShownChange {
  readonly metric: string;
  readonly organisation: string;
  readonly period: string;
  readonly before: ShownFigure | null;
  readonly after: ShownFigure;
  readonly decisionBefore: ShownDecision | null;
  readonly decisionAfter: ShownDecision | null;
}

/** What a submission changed, a line each: "2023-11 falls P1: 6 (red slt) → 1 (green none)". */
export async function changesOf(api: ApiClient, submission: string): Promise<string[]> {
  const changes = await api.list<ShownChange>(`/submissions/${submission}/changes?limit=2`);
  return changes.map(({ period, metric, organisation, before, after, decisionBefore, decisionAfter }) => {
    const [was, is] = [said(before, decisionBefore), said(after, decisionAfter)];
    return `${period} ${metric} ${organisation}: ${was} → ${is}`;
  });
}

function said(figure: ShownFigure | null, decision: ShownDecision | null): string {
  if (figure === null) return "nothing";
  const value = figure.value ?? figure.noValue ?? "no value";
  return `${value} (${decision === null ? "not decided" : `${decision.rag} ${decision.tier}`})`;
}
