// `npm test [-- vitest arguments]`: runs vitest, then names each suite that was left out on this machine, and ends in one
// line, "N passed, N failed". A run without a test has failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "signalbox-npm-test-"));
const report = join(folder, "report.json");
const leftOut = join(folder, "left-out.jsonl");

function run() {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return spawnSync(process.execPath, [vitest, "run", ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, SIGNALBOX_LEFT_OUT: leftOut },
    stdio: "inherit",
  }).status;
}

/** Tests by outcome; a file that failed without naming a test (it could not be read, a hook threw) counts as one. */
function count(status) {
  const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = tests.filter((test) => test.status === "failed").length + broken;
  return {
    passed,
    skipped: tests.length - passed - failed + broken,
    failed: status === 0 ? failed : Math.max(failed, 1),
  };
}

function namesOfLeftOut() {
  if (!existsSync(leftOut)) return [];
  const lines = new Set(readFileSync(leftOut, "utf8").trimEnd().split("\n"));
  return [...lines]
    .map((line) => JSON.parse(line))
    .map(({ suite, why }) => `Left out on this machine: ${suite} (${why})`);
}

const status = run();
const { passed, skipped, failed } = count(status);
console.log();
for (const line of namesOfLeftOut().toSorted()) console.log(line);
if (skipped > 0) console.log(`${skipped} tests of suites that were left out did not run`);
if (passed === 0) console.log("No test passed: nothing was shown.");
console.log(`${passed} passed, ${failed} failed`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status === 0 && failed === 0 && passed > 0 ? 0 : 1;
