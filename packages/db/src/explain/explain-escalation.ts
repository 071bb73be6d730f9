import type { Period } from "@signalbox/domain";
import { stepOf } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { type CatalogueNames, catalogueNames } from "../catalogue-names.ts";
import { decisionColumns, type DecisionRow, decodeDecision } from "../decisions.ts";
import { type EscalationEvent, type EscalationRecord, readEscalation } from "../escalation-lists.ts";
import type { SeriesDecision } from "../evaluation/write-decisions.ts";
import { SEES_ALL, type Sight } from "../sight.ts";
import type { Database } from "../tables.ts";
import { type EarlierDecision, earlierDecisions } from "./decided-when.ts";
import { type ExplainedFigure, figuresOf } from "./figures.ts";
import { type OtherCase, otherCases, type SilentMetric, silentMetrics } from "./others.ts";
import {
  type AskedRequest,
  requestsOfCase,
  type ToldNotice,
  toldOfCase,
  type WaitingTelling,
  waitingTellings,
} from "./told.ts";
import { type AppliedVersions, versionsApplied } from "./versions.ts";

/** All that one case stands on. Lists are in order of time; what a concern does not have is empty. */
export interface Explanation {
  readonly case: EscalationRecord;
  readonly names: CatalogueNames;
  /** Replaced ones too, in order of period and then of time. */
  readonly events: readonly EscalationEvent[];
  /** Of a case of performance: the periods of the case and the few before it that led there. */
  readonly figures: readonly ExplainedFigure[];
  readonly replaced: readonly EarlierDecision[];
  readonly versions: AppliedVersions;
  /** Of a reporting case: what its metrics last said. */
  readonly silent: readonly SilentMetric[];
  /** Of a case for several areas: the organisation's cases of performance that overlap it. */
  readonly others: readonly OtherCase[];
  readonly told: readonly ToldNotice[];
  readonly toTell: readonly WaitingTelling[];
  readonly requests: readonly AskedRequest[];
}

const PERIODS_BEFORE = 6;

/** Why a case stands, or stood; null where there is none of this id to see. `names` are read where they are not given. */
export async function explainEscalation(
  db: Kysely<Database>,
  id: number,
  { now, sight = SEES_ALL, names }: { now: Temporal.Instant; sight?: Sight; names?: CatalogueNames },
): Promise<Explanation | null> {
  const found = await readEscalation(db, id, { sight, now, history: true });
  if (found === null) return null;
  const step = stepOf(found.frequency);
  const from = (found.raisedIn - PERIODS_BEFORE * step) as Period;
  const decision = await decisionOfCase(db, id);
  const series = decision?.series ?? null;
  const [known, figures, replaced, silent, others, told, toTell, requests] = await Promise.all([
    names ?? catalogueNames(db),
    decision === undefined ? [] : figuresOf(db, decision, { from, to: found.endedIn, step }),
    series === null ? [] : earlierDecisions(db, series, { from, to: found.endedIn }),
    found.concern === "reporting" ? silentMetrics(db, found.organisation, { metrics: found.metrics, step }) : [],
    found.concern === "several-areas" ? otherCases(db, found, { sight, now }) : [],
    toldOfCase(db, id),
    waitingTellings(db, id),
    requestsOfCase(db, id),
  ]);
  const { events } = found;
  const versions = await versionsApplied(db, {
    evaluations: [
      ...events.map(({ evaluation }) => evaluation),
      ...figures.map(({ evaluation }) => evaluation),
      ...replaced.flatMap(({ evaluation, replacedBy }) => [evaluation, replacedBy]),
    ],
    thresholds: [...figures, ...replaced].flatMap(({ threshold }) => threshold ?? []),
    metric: found.metric,
  });
  return { case: found, names: known, events, figures, replaced, versions, silent, others, told, toTell, requests };
}

/** What holds of the series of a case. */
async function decisionOfCase(db: Kysely<Database>, id: number): Promise<SeriesDecision | undefined> {
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} from escalation e
    join series_decision d on d.series = e.series where e.id = ${id}`.execute(db);
  return rows[0] && decodeDecision(rows[0]);
}
