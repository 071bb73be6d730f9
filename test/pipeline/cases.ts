import type { ApiClient } from "../harness/api-client.ts";

export interface ShownNotice {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly recipient: string;
  readonly escalation: string | null;
  readonly status: string;
}

export interface ShownEvent {
  readonly period: string;
  readonly event: string;
  readonly tier: string;
  readonly reasons: readonly { readonly rule: string; readonly tier: string }[];
  readonly restated: boolean;
}

export interface ShownCase {
  readonly id: string;
  readonly concern: string;
  readonly metric: string | null;
  readonly organisation: string;
  readonly area: string | null;
  readonly areas: readonly string[];
  readonly metrics: readonly string[];
  readonly forum: string | null;
  readonly tier: string;
  readonly raisedIn: string;
  readonly standing: boolean;
  readonly previous: string | null;
  readonly events: readonly ShownEvent[];
  readonly notices: readonly ShownNotice[];
  readonly actionPlan: { readonly dueOn: string; readonly status: string } | null;
}

/** The cases of an organisation, as the API shows them; `query` narrows or widens. */
export function casesOf(api: ApiClient, organisation: string, query = ""): Promise<ShownCase[]> {
  return api.list(`/escalations?organisation=${organisation}${query === "" ? "" : `&${query}`}`);
}

/** The moves of a case in words: "2023-11 raised slt". */
export function movesOf({ events }: ShownCase): string[] {
  return events.map(({ period, event, tier }) => `${period} ${event} ${tier}`);
}
