import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Source } from "./boundaries.ts";

const PATTERNS = ["packages/*/src/**/*.ts", "services/*/{src,bin}/**/*.{ts,mjs}", "{test,seeds,infra}/**/*.ts"];

/** Every source file of the project. */
export function sources(root: string): Source[] {
  return PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ["**/node_modules/**"] })).map(
    (path) => ({
      path: path.split(sep).join("/"),
      text: readFileSync(join(root, path), "utf8"),
    }),
  );
}

/** The folder of each workspace by its name: "@signalbox/db" lives in "packages/db". */
export function workspaces(root: string): Map<string, string> {
  const manifests = globSync(["packages/*/package.json", "services/*/package.json", "test/package.json"], {
    cwd: root,
  });
  return new Map(
    manifests.map((path) => {
      const { name } = JSON.parse(readFileSync(join(root, path), "utf8")) as { name: string };
      return [
        name,
        relative(root, join(root, dirname(path)))
          .split(sep)
          .join("/"),
      ];
    }),
  );
}
