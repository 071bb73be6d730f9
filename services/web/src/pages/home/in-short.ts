import type { AskedLines } from "./asked-words.ts";
import type { Operators } from "./for-operators.ts";
import type { readOwn } from "./for-people.ts";

/** One line at the head of the page, that leads to its part. */
export interface InShort {
  readonly text: string;
  readonly href: string;
}

type Own = Awaited<ReturnType<typeof readOwn>>;

/** What matters, in a line each, so that it is seen on a telephone without scrolling. */
export function inShort(own: Own | null, operator: Operators | null): InShort[] {
  const lines: (InShort | null)[] = [];
  if (own !== null) {
    const { before, changed, asked, own: mine, mend } = own;
    const other = before === null ? "" : "other ";
    lines.push(
      asked && { text: `${thingsAsked(asked.total)} of you${when(asked)}`, href: "#asked" },
      before && { text: `${casesStand(before.total)} before your forums${slt(before.slt)}`, href: "#before" },
      mend.length === 0
        ? null
        : { text: `${counted(mend.length, "file has", "files have")} problems to mend`, href: "#mend" },
      changed && {
        text: `${counted(changed.total, "case has", "cases have")} changed since you last looked`,
        href: "#changed",
      },
      mine && { text: `${casesStand(mine.total, other)} at your organisations${slt(mine.slt)}`, href: "#own" },
    );
  }
  if (operator !== null && operator.failed > 0)
    lines.push({
      text: `${counted(operator.failed, "piece of work", "pieces of work")} failed`,
      href: "/operations#failed",
    });
  if (operator !== null && operator.audit > 0)
    lines.push({
      text: counted(operator.audit, "thing is not as it must be", "things are not as they must be"),
      href: "/operations#audit",
    });
  if (operator !== null && operator.outOfReach > 0)
    lines.push({
      text: `${counted(operator.outOfReach, "person", "people")} cannot be reached`,
      href: "/operations#reach",
    });
  if (operator !== null && operator.overdue > 0)
    lines.push({
      text: `${counted(operator.overdue, "answer is", "answers are")} overdue`,
      href: "/operations#overdue",
    });
  return lines.filter((one) => one !== null);
}

function casesStand(total: number, other = ""): string {
  return counted(total, `${other}case stands`, `${other}cases stand`);
}

function thingsAsked(total: number): string {
  return total === 0 ? "Nothing is asked" : counted(total, "thing is asked", "things are asked");
}

function counted(count: number, one: string, many: string): string {
  return `${count === 0 ? "No" : count.toLocaleString("en-GB")} ${count <= 1 ? one : many}`;
}

const slt = (count: number) => (count === 0 ? "" : `, ${count.toLocaleString("en-GB")} at the SLT`);

function when({ late, next }: AskedLines): string {
  if (late > 0) return `, ${late.toLocaleString("en-GB")} overdue`;
  return next === null ? "" : `, next by ${next}`;
}
