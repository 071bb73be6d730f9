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
    lines.push(
      before &&
        line(
          before.total,
          { one: "case stands", many: "cases stand", rest: `before your forums${slt(before.slt)}` },
          "#before",
        ),
      changed &&
        line(changed.total, { one: "case changed", many: "cases changed", rest: "since you last looked" }, "#changed"),
      line(asked.total, { one: "thing is asked", many: "things are asked", rest: `of you${when(asked)}` }, "#asked"),
      mine &&
        line(
          mine.total,
          { one: "case stands", many: "cases stand", rest: `at your organisations${slt(mine.slt)}` },
          "#own",
        ),
      mend.length === 0
        ? null
        : line(mend.length, { one: "file has", many: "files have", rest: "problems to mend" }, "#mend"),
    );
  }
  if (operator !== null && operator.failed + operator.overdue > 0) {
    lines.push(
      operator.failed === 0
        ? null
        : line(operator.failed, { one: "piece of work", many: "pieces of work", rest: "failed" }, "/operations#failed"),
      operator.overdue === 0
        ? null
        : line(operator.overdue, { one: "answer is", many: "answers are", rest: "overdue" }, "/operations#overdue"),
    );
  }
  return lines.filter((one) => one !== null);
}

function line(count: number, { one, many, rest }: { one: string; many: string; rest: string }, href: string): InShort {
  const number = count === 0 ? "No" : count.toLocaleString("en-GB");
  return { text: `${number} ${count === 1 || count === 0 ? one : many} ${rest}`, href };
}

const slt = (count: number) => (count === 0 ? "" : `, ${count.toLocaleString("en-GB")} at the SLT`);

function when({ late, next }: Own["asked"]): string {
  if (late > 0) return `, ${late.toLocaleString("en-GB")} overdue`;
  return next === null ? "" : `, next by ${next}`;
}
