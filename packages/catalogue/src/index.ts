export type * from "./catalogue.ts";
export { type CatalogueFiles, filesInMemory, filesOfFolder } from "./catalogue-files.ts";
export {
  type CellChange,
  type Compared,
  type FileDifferences,
  findDifferences,
  type RowChange,
} from "./differences.ts";
export {
  PROPOSED_COLUMNS,
  type ProposedCells,
  proposedCells,
  proposedCsv,
  readProposedLimits,
} from "./proposed-limits.ts";
export { MEETING_COLUMNS, type MeetingRow, readMeetings } from "./meetings.ts";
export { formatProblem, type Problem } from "./problem.ts";
export { type CatalogueRead, readCatalogue, readCatalogueFiles } from "./read-catalogue.ts";
export { readRisks, RISK_COLUMNS, RISK_COLUMNS_WORKED_OUT, type RiskInFile } from "./risks.ts";
export { rowsAt, type RowsAt } from "./rows-at.ts";
export {
  CATALOGUE_FILES,
  notationOf,
  PROTOCOL_FILE,
  textOf,
  writeCatalogue,
  type WrittenFile,
  writtenFiles,
} from "./written-files.ts";
