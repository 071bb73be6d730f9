import type { CallersTables } from "./tables/callers.ts";
import type { CasesTables } from "./tables/cases.ts";
import type { CatalogueTables } from "./tables/catalogue.ts";
import type { DecisionsTables } from "./tables/decisions.ts";
import type { FiguresTables } from "./tables/figures.ts";
import type { FollowThroughTables } from "./tables/follow-through.ts";
import type { GovernanceTables } from "./tables/governance.ts";
import type { ProposalsTables } from "./tables/proposals.ts";
import type { SubmissionsTables } from "./tables/submissions.ts";
import type { TellingTables } from "./tables/telling.ts";
import type { TimeTables } from "./tables/time.ts";

export type { MetricTable, ThresholdTable } from "./tables/catalogue.ts";
export type { ApiKeyTable } from "./tables/callers.ts";
export type { SubmissionProblemTable, SubmissionTable } from "./tables/submissions.ts";
export type { AcknowledgementTable, EscalationEventTable, EscalationTable } from "./tables/cases.ts";
export {
  type MailTable,
  type NoticeTable,
  REQUEST_KINDS,
  REQUEST_STAGES,
  type RequestKind,
  type RequestStage,
  type RequestTable,
} from "./tables/telling.ts";

/** Every table, as Kysely sees it; one file under `tables` for each kind of thing kept. */
export interface Database
  extends
    CatalogueTables,
    CallersTables,
    ProposalsTables,
    SubmissionsTables,
    FiguresTables,
    DecisionsTables,
    CasesTables,
    FollowThroughTables,
    GovernanceTables,
    TellingTables,
    TimeTables {}
