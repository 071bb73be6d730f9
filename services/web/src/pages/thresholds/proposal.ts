import { actsOfProposal, findProposal, limitsOfProposal, type Proposal } from "@signalbox/db";
import { asPeriod, dayOf, nameOfPeriod, periodContaining } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { type Act, decideSet } from "../../limits/deciding.ts";
import { datesInWords, limitsInWords, scopeInWords } from "../../limits/limit-lines.ts";
import {
  byMonth,
  byOrganisation,
  differenceRows,
  foretoldRows,
  leaderRows,
  mailOfLeader,
  totals,
} from "../../limits/trial-tables.ts";
import { decidesFor, isProposer, NOT_YOUR_TRIAL, seesProposal, seesTrial } from "../../limits/who-may.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { textOf } from "./limits-list.ts";
import { leaderMailOut, proposalOut } from "./proposal-out.ts";
import type { LimitPages } from "./thresholds.ts";

const LONGEST_MINUTE = 200;
const LONGEST_REASON = 2000;
const A_PAGE = 100;
const SHOWN_FIRST = 20;

interface OfProposal {
  Params: { id: string };
  Body: Readonly<Record<string, unknown>> | null;
}

const ACTS = ["send", "approve", "send-back", "withdraw"] as const;
type ActName = (typeof ACTS)[number];

/** A set of limits: its rows, what they would have done, what was done with it, and what may be done next. */
export function proposalPages(app: FastifyInstance, of: LimitPages): void {
  const { db, clock, pages, trials, catalogueInForce } = of;

  app.get<OfProposal & { Querystring: { table?: unknown; as?: unknown } }>(
    "/thresholds/proposals/:id",
    async (request, reply) => {
      const proposal = await theProposal(request);
      const as = formatAsked(request.query.as);
      if (as !== null)
        return sendTable(reply, await proposalOut(of, { proposal, caller: request.caller }, request.query.table), as);
      return show(request, reply, proposal);
    },
  );

  for (const act of ACTS) {
    app.post<OfProposal>(`/thresholds/proposals/:id/${act}`, async (request, reply) => {
      const proposal = await theProposal(request);
      mustDo(act, await whatOneMay(request, proposal));
      const said = textIn(request.body, act === "approve" ? "minute" : "reason");
      const error = wrongWith(act, said);
      if (error !== null) return show(request, reply, proposal, { act, said, error });
      const revision = Number(textIn(request.body, "revision"));
      const done = actOf(act, said);
      await decideSet(
        of,
        { catalogue: await catalogueInForce(), proposal, revision, actor: nameOf(request.caller) },
        done,
      );
      return reply.redirect(`/thresholds/proposals/${proposal.id}`, 303);
    });
  }

  app.get<OfProposal & { Querystring: { page?: unknown; as?: unknown } }>(
    "/thresholds/proposals/:id/cases",
    async (request, reply) => {
      const proposal = await theProposal(request);
      const shown = await theTrial(request, proposal);
      const rows = differenceRows(shown.trial, await catalogueInForce());
      const as = formatAsked(request.query.as);
      if (as !== null) {
        const columns = ["what", "case", "organisation", "today", "proposed"].map((key) => ({ key, title: key }));
        return sendTable(reply, { name: `limits ${proposal.id} cases`, columns, rows }, as);
      }
      const address = `/thresholds/proposals/${proposal.id}/cases?`;
      const paged = pageOf(rows.length, { page: pageAsked(request.query.page), size: A_PAGE, address });
      const context = {
        proposal,
        address,
        paged,
        rows: rows.slice(paged.first === 0 ? 0 : paged.first - 1, paged.last),
      };
      return pages.show(request, reply, { template: "thresholds-cases", context });
    },
  );

  app.get<OfProposal & { Querystring: { person?: unknown; page?: unknown; as?: unknown } }>(
    "/thresholds/proposals/:id/mail",
    async (request, reply) => {
      const proposal = await theProposal(request);
      const { trial } = await theTrial(request, proposal);
      const email = textOf(request.query.person) ?? "";
      const leader = mailOfLeader(trial, email, await catalogueInForce());
      if (leader === null)
        throw new Problem(404, "This person would have had no mail. Choose somebody on the page of the set.");
      const as = formatAsked(request.query.as);
      if (as !== null) return sendTable(reply, leaderMailOut(proposal, leader), as);
      const address = `/thresholds/proposals/${proposal.id}/mail?person=${encodeURIComponent(email)}&`;
      const paged = pageOf(leader.items.length, { page: pageAsked(request.query.page), size: A_PAGE, address });
      const items = leader.items.slice(paged.first === 0 ? 0 : paged.first - 1, paged.last);
      return pages.show(request, reply, { template: "thresholds-mail", context: { proposal, leader, paged, items } });
    },
  );

  async function theProposal(request: FastifyRequest<OfProposal>): Promise<Proposal> {
    const id = idOf(request.params.id);
    const proposal = id === null || id > 2 ** 31 - 1 ? null : await findProposal(db, id);
    if (proposal === null || !seesProposal(request.caller, proposal))
      throw new Problem(
        404,
        "There is no such set of limits, or it is none that you may see. The page Limits lists those there are.",
      );
    return proposal;
  }

  async function theTrial({ caller }: FastifyRequest, proposal: Proposal) {
    const rows = await limitsOfProposal(db, proposal.id, proposal.revision);
    if (!seesTrial(caller, proposal, rows)) throw new Problem(404, NOT_YOUR_TRIAL);
    const shown = await trials(proposal, rows);
    if (shown === null) throw new Problem(404, "There is no trial of this set: it was decided before one was made.");
    return shown;
  }

  async function whatOneMay({ caller }: FastifyRequest, proposal: Proposal): Promise<ReadonlySet<ActName>> {
    const hasAHand = isProposer(caller, proposal) || caller.kind === "operator";
    const may = new Set<ActName>();
    if (hasAHand && proposal.state === "draft") may.add("send");
    if (isProposer(caller, proposal) && ["draft", "sent", "sent-back"].includes(proposal.state)) may.add("withdraw");
    if (proposal.state === "sent" && decidesFor(caller, await catalogueInForce(), proposal.forum)) {
      may.add("send-back");
      const acts = await actsOfProposal(db, proposal.id);
      const name = nameOf(caller);
      if (!acts.some(({ act, actor }) => actor === name && (act === "proposed" || act === "changed" || act === "sent")))
        may.add("approve");
    }
    return may;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: Proposal,
    wrong: { act: ActName; said: string; error: string } | null = null,
  ): Promise<FastifyReply> {
    const [catalogue, now] = [await catalogueInForce(), await clock.now()];
    const [limits, acts] = await Promise.all([
      limitsOfProposal(db, proposal.id, proposal.revision),
      actsOfProposal(db, proposal.id),
    ]);
    const isTrialSeen = seesTrial(request.caller, proposal, limits);
    const shown = isTrialSeen ? await trials(proposal, limits) : null;
    const thisMonth = periodContaining(dayOf(now), "monthly");
    const trial = shown === null ? null : { ...tablesOf(shown.trial, catalogue), wasStale: shown.wasStale };
    const context = {
      proposal: { ...proposal, decidedBy: proposal.decidedBy && nameOfPerson(catalogue, proposal.decidedBy) },
      board: catalogue.forums.get(proposal.forum)?.name ?? proposal.forum,
      limits: limits.map((row) => ({
        name: catalogue.metrics.get(row.metric)?.name ?? row.metric,
        metric: row.metric,
        scope: scopeInWords(catalogue, row),
        limits: limitsInWords(catalogue, row),
        dates: datesInWords(row),
        replaces:
          row.replaces === null
            ? null
            : `${limitsInWords(catalogue, { ...row, ...row.replaces })}${row.replaces.minute === null ? "" : ` (${row.replaces.minute})`}`,
        isPast: row.from < thisMonth,
      })),
      startsInPast: limits.some(({ from }) => from < thisMonth),
      acts: acts.toReversed().map((act) => ({ ...act, actor: nameOfPerson(catalogue, act.actor) })),
      may: [...(await whatOneMay(request, proposal))],
      mayChange:
        (isProposer(request.caller, proposal) || request.caller.kind === "operator") &&
        (proposal.state === "draft" || proposal.state === "sent-back"),
      isDecider: decidesFor(request.caller, catalogue, proposal.forum),
      trial,
      isTrialSeen,
      wrong,
    };
    return pages.show(request, reply, {
      template: "thresholds-proposal",
      status: wrong === null ? 200 : 400,
      form: true,
      context,
    });
  }

  function tablesOf(trial: Parameters<typeof totals>[0], catalogue: Parameters<typeof differenceRows>[1]) {
    const name = (period: number) => nameOfPeriod(asPeriod(period), "monthly");
    const differences = differenceRows(trial, catalogue);
    return {
      workedOutAt: Temporal.Instant.from(trial.workedOutAt),
      from: name(trial.from),
      to: name(trial.to),
      series: trial.series,
      totals: totals(trial),
      months: byMonth(trial),
      organisations: byOrganisation(trial, catalogue).slice(0, SHOWN_FIRST),
      organisationsLeft: Math.max(0, byOrganisation(trial, catalogue).length - SHOWN_FIRST),
      differences: differences.slice(0, SHOWN_FIRST),
      allDifferences: differences.length,
      foretold: foretoldRows(trial, catalogue),
      leaders: leaderRows(trial).slice(0, 40),
    };
  }
}

function mustDo(act: ActName, may: ReadonlySet<ActName>): void {
  if (may.has(act)) return;
  const why: Readonly<Record<ActName, string>> = {
    send: "Only those who proposed this set, or an operator, send it, and only while it is a draft.",
    approve: "Only the chair of this set's board approves it, once it was sent, and never who proposed or sent it.",
    "send-back": "Only the chair of this set's board sends it back, once it was sent.",
    withdraw: "Only those who proposed this set withdraw it, until it is approved.",
  };
  throw new Problem(403, why[act]);
}

function wrongWith(act: ActName, said: string): string | null {
  if (act === "approve" && said === "") return "Give the reference of the minute, such as UEC 2026/11";
  if (act === "approve" && said.length > LONGEST_MINUTE)
    return `The reference has at most ${LONGEST_MINUTE} characters`;
  if (act === "send-back" && said === "") return "Say why you send it back, so that it can be put right";
  if (act === "send-back" && said.length > LONGEST_REASON) return `The reason has at most ${LONGEST_REASON} characters`;
  return null;
}

function actOf(act: ActName, said: string): Act {
  if (act === "approve") return { act, minute: said };
  return act === "send-back" ? { act, reason: said } : { act };
}

function textIn(body: OfProposal["Body"], name: string): string {
  const value = body?.[name];
  return typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
}
