/** Lock files of office programs, hidden files, and what a system keeps for itself. */
const BY_BEGINNING = /^(?:\.|~\$|~WR[A-Z]\d|Thumbs\.db$|desktop\.ini$)/i;
/** Copies that programs make while they save or fetch a file; they are given its name when they are whole. */
const BY_END =
  /(?:\.(?:tmp|temp|part|partial|filepart|crdownload|download|opdownload|uploading|lock|swp|bak|laccdb)|~|#)$/i;
/** Excel saves to a name of eight digits, without an ending, and renames it. */
const EXCEL_SAVING = /^[0-9a-f]{6,8}$/i;

/** Whether a file is by its name a program's own, and never figures: it is left where it lies. */
export function isTemporary(name: string): boolean {
  return BY_BEGINNING.test(name) || BY_END.test(name) || EXCEL_SAVING.test(name);
}
