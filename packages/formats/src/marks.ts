export const ESTIMATED = "estimated";
export const IMPLAUSIBLE = "implausible";
export const SUSPECT = "suspect";
export const NAMED_MISSING = "missing, named by the publisher";

/** Two marks as one, each said once: "estimated; implausible". */
export function bothMarks(one: string | null, other: string | null): string | null {
  if (one === null || one === "" || one === other) return other || one || null;
  if (other === null || other === "" || one.split("; ").includes(other)) return one;
  return `${one}; ${other}`;
}
