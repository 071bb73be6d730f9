import { asPeriod, formatPeriod, type PlanBody } from "@signalbox/domain";
import type { SeenPlan } from "../../plans/read-plan.ts";
import { Problem } from "../../problem.ts";
import type { TableOut } from "../../way-out.ts";

/** One table of a plan's page, to take away: its actions (without a name), its path, or its revisions. */
export function planOut({ plan, revisions }: SeenPlan, body: PlanBody, table: unknown): TableOut {
  const name = `action plan ${plan.id}`;
  if (table === undefined || table === "" || table === "actions")
    return tableOf(`${name} actions`, ACTIONS, actions(body));
  if (table === "path") return tableOf(`${name} path`, PATH, path(body));
  if (table === "revisions") {
    const rows = revisions.map(({ revision, sentBy, sentAt, decision, decidedBy, decidedAt, note }) => ({
      revision,
      sentBy,
      sentAt: sentAt.toString(),
      decision,
      decidedBy,
      decidedAt: decidedAt?.toString() ?? null,
      note,
    }));
    return tableOf(`${name} revisions`, REVISIONS, rows);
  }
  throw new Problem(404, "This page has the tables actions, path and revisions.");
}

const ACTIONS = ["number", "what", "owner", "startsOn", "dueOn", "metric", "organisation", "by", "in"] as const;
const PATH = ["metric", "organisation", "period", "expected"] as const;
const REVISIONS = ["revision", "sentBy", "sentAt", "decision", "decidedBy", "decidedAt", "note"] as const;

function actions(body: PlanBody) {
  return body.actions.map(({ effect, ...action }) => ({
    ...action,
    metric: effect?.metric ?? null,
    organisation: effect?.organisation ?? null,
    by: effect?.by ?? null,
    in: effect === null || effect.in === null ? null : formatPeriod(asPeriod(effect.in), "monthly"),
  }));
}

/** Periods stand by their first month, as in the catalogue's months. */
function path(body: PlanBody) {
  return body.path.flatMap(({ metric, organisation, values }) =>
    values.map(({ period, value }) => ({
      metric,
      organisation,
      period: formatPeriod(asPeriod(period), "monthly"),
      expected: value,
    })),
  );
}

function tableOf(name: string, columns: readonly string[], rows: TableOut["rows"]): TableOut {
  return { name, columns: columns.map((key) => ({ key, title: key })), rows };
}
