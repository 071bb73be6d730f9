import { quoted } from "./cells.ts";
import type { Codes } from "./codes.ts";
import type { FileProblems } from "./problem.ts";

interface Node {
  readonly code: string;
  readonly parent: string | null;
}

/** Reports parents that are unknown, and each cycle once, at the first of its rows. */
export function checkTree(nodes: Codes<Node>, problems: FileProblems): void {
  const settled = new Set<string>();
  for (const node of nodes.rows()) {
    if (node.parent !== null && nodes.whole && !nodes.has(node.parent)) {
      problems.add(nodes.lineOf(node.code), "parent", nodes.unknown(node.parent));
    }
    const path: string[] = [];
    let at: Node | null = node;
    while (at !== null && !settled.has(at.code) && !path.includes(at.code)) {
      path.push(at.code);
      at = at.parent === null ? null : nodes.get(at.parent);
    }
    if (at !== null && path.includes(at.code)) reportCycle(nodes, path.slice(path.indexOf(at.code)), problems);
    for (const code of path) settled.add(code);
  }
}

function reportCycle(nodes: Codes<Node>, cycle: readonly string[], problems: FileProblems): void {
  const first = cycle[0] ?? "";
  problems.add(nodes.lineOf(first), "parent", `a cycle: ${[...cycle, first].map(quoted).join(" is below ")}`);
}
