import { actsOfProposal, limitsOfProposal, type Proposal } from "@signalbox/db";
import type { Caller } from "../../callers.ts";
import { limitsInWords, scopeInWords } from "../../limits/limit-lines.ts";
import {
  byMonth,
  byOrganisation,
  foretoldRows,
  leaderRows,
  type mailOfLeader,
  type Raised,
  totals,
} from "../../limits/trial-tables.ts";
import { NOT_YOUR_TRIAL, seesTrial } from "../../limits/who-may.ts";
import { Problem } from "../../problem.ts";
import type { TableOut } from "../../way-out.ts";
import { formatPeriod, type Period } from "@signalbox/domain";
import type { LimitPages } from "./thresholds.ts";

const RAISED = {
  todayBoard: "Board, today",
  todaySlt: "SLT, today",
  proposedBoard: "Board, proposed",
  proposedSlt: "SLT, proposed",
};
const month = (period: number | null) => (period === null ? null : formatPeriod(period as Period, "monthly"));

/** One of the tables of a set of limits, to take away: the limits themselves where none is named. */
export async function proposalOut(
  { db, trials, catalogueInForce }: Pick<LimitPages, "db" | "trials" | "catalogueInForce">,
  { proposal, caller }: { readonly proposal: Proposal; readonly caller: Caller },
  table: unknown,
): Promise<TableOut> {
  const limits = await limitsOfProposal(db, proposal.id, proposal.revision);
  const name = `limits ${proposal.id}`;
  if (table === "acts") {
    const acts = await actsOfProposal(db, proposal.id);
    const rows = acts
      .toReversed()
      .map(({ act, actor, at, revision, said }) => ({ act, actor, at: at.toString(), revision, said }));
    return {
      name: `${name} acts`,
      columns: columns({ act: "What", actor: "By", at: "When", revision: "Revision", said: "Said" }),
      rows,
    };
  }
  const catalogue = await catalogueInForce();
  if (table === undefined || table === "limits") {
    const rows = limits.map((row) => ({
      metric: row.metric,
      name: catalogue.metrics.get(row.metric)?.name ?? row.metric,
      scope: scopeInWords(catalogue, row),
      basis: row.basis,
      board: row.board,
      slt: row.slt,
      from: month(row.from),
      to: month(row.to),
      replaces: row.replaces === null ? null : limitsInWords(catalogue, { ...row, ...row.replaces }),
    }));
    const titles = {
      metric: "Metric code",
      name: "Figure",
      scope: "Whose",
      basis: "Basis",
      board: "Board limit",
      slt: "SLT limit",
    };
    return { name, columns: columns({ ...titles, from: "From", to: "To", replaces: "In place of" }), rows };
  }
  if (!seesTrial(caller, proposal, limits)) throw new Problem(404, NOT_YOUR_TRIAL);
  const shown = await trials(proposal, limits);
  if (shown === null) throw new Problem(404, "There is no trial of this set: it was decided before one was made.");
  const { trial } = shown;
  if (table === "totals") {
    const titles = {
      name: "Limits",
      board: "To the board",
      slt: "To the SLT",
      aMonth: "A month",
      chanceAMonth: "A month by chance alone",
    };
    return { name: `${name} totals`, columns: columns(titles), rows: totals(trial) };
  }
  if (table === "foretold") {
    const titles = { case: "Case", organisation: "Organisation", stands: "Stands now", willStand: "Would stand" };
    return { name: `${name} at approval`, columns: columns(titles), rows: foretoldRows(trial, catalogue).rows };
  }
  if (table === "organisations") {
    const rows = byOrganisation(trial, catalogue).map(({ name: organisation, ...raised }) => ({
      organisation,
      ...flat(raised),
    }));
    return { name: `${name} organisations`, columns: columns({ organisation: "Organisation", ...RAISED }), rows };
  }
  if (table === "months") {
    const rows = byMonth(trial).map(({ month: of, ...raised }) => ({ month: of, ...flat(raised) }));
    return { name: `${name} months`, columns: columns({ month: "Month", ...RAISED }), rows };
  }
  if (table === "leaders") {
    const rows = leaderRows(trial).map(({ name: person, today, proposed }) => ({
      person,
      noticesToday: today.notices,
      daysToday: today.days,
      noticesProposed: proposed.notices,
      daysProposed: proposed.days,
    }));
    const titles = {
      noticesToday: "Notices, today",
      daysToday: "Days, today",
      noticesProposed: "Notices, proposed",
      daysProposed: "Days, proposed",
    };
    return { name: `${name} leaders`, columns: columns({ person: "Person", ...titles }), rows };
  }
  throw new Problem(404, "There is no such table of this set.");
}

/** The mail that one leader would have had, as a table to take away. */
export function leaderMailOut({ id }: Proposal, { items }: NonNullable<ReturnType<typeof mailOfLeader>>): TableOut {
  const titles = {
    day: "Day",
    said: "What",
    case: "Case",
    organisation: "Organisation",
    period: "Of",
    isNew: "Not told by today's limits",
  };
  return { name: `limits ${id} mail`, columns: columns(titles), rows: items };
}

function columns(titles: Readonly<Record<string, string>>) {
  return Object.entries(titles).map(([key, title]) => ({ key, title }));
}

function flat({ today, proposed }: { readonly today: Raised; readonly proposed: Raised }) {
  return { todayBoard: today.board, todaySlt: today.slt, proposedBoard: proposed.board, proposedSlt: proposed.slt };
}
