import { makeSignInLink } from "@signalbox/db";
import { nearest } from "@signalbox/catalogue/nearest";
import type { Call, Run } from "../command.ts";
import { loadDemo } from "../demo.ts";
import { isLoopback } from "../loopback.ts";
import { openBells, openParts, type Parts } from "../parts.ts";
import { type ServiceName, serviceNames, startServices } from "../services.ts";
import type { Terminal } from "../terminal.ts";
import { untilStopped } from "../until-stopped.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { whyNotListening } from "../why-not-listening.ts";
import { whyUnreachable } from "../unreachable.ts";

export const run: Run = async ({ options, switches, terminal }) => {
  const names = namesOf(options);
  const stopped = untilStopped(terminal);
  const stack = new AsyncDisposableStack();
  try {
    const opened = await openParts(stack, { quiet: false });
    const parts = { ...opened, queues: await openBells(stack, opened) };
    const { address } = await startServices(stack, parts, names).catch((error: unknown) => {
      throw whyNotListening(whyUnreachable("QUEUE_URL", error), parts.config);
    });
    if (switches.has("demo")) await loadDemo(parts, { terminal, stopped });
    if (!stopped.isAsked()) await sayWhatRuns(parts, { names, address, terminal });
    await stopped.asked;
  } finally {
    await stopped.close(stack);
  }
  return 0;
};

function namesOf({ only }: Call["options"]): ServiceName[] {
  if (only === undefined) return [...serviceNames];
  const words = only.split(",").map((word) => word.trim());
  const unknown = words.find((word) => !serviceNames.some((name) => name === word));
  if (unknown !== undefined) {
    const near = nearest(unknown, serviceNames);
    const meant = near === null ? "" : `; did you mean ${near}?`;
    throw new UsageError(
      `There is no service ${JSON.stringify(unknown)}${meant} Give some of ${serviceNames.join(",")}.`,
    );
  }
  return serviceNames.filter((name) => words.includes(name));
}

async function sayWhatRuns(
  parts: Parts,
  { names, address, terminal }: { names: readonly ServiceName[]; address: string | undefined; terminal: Terminal },
): Promise<void> {
  const { config, db, isEmbedded } = parts;
  terminal.print(`Signalbox ${version()} runs ${names.join(", ")}. Ctrl-C ends it.`);
  const isOwn = isEmbedded && isLoopback(config.host);
  const link = address !== undefined && isOwn ? await makeSignInLink(db, Temporal.Now.instant()) : null;
  const mail = config.smtpUrl === null && isLoopback(config.host) ? `${config.baseUrl}/mail` : null;
  const signIn = link === null ? null : `${config.baseUrl}/sign-in/${link}`;
  if (address !== undefined) {
    terminal.print(`  the site          ${config.baseUrl}`);
    terminal.print(`  operations        ${signIn ?? `${config.baseUrl}/operations`}`);
    if (signIn !== null) terminal.print("                    (the link signs you in, once, within 12 hours)");
    if (mail !== null) terminal.print(`  mail, kept        ${mail}`);
    terminal.print(`  the API           ${config.baseUrl}/api/docs`);
  }
  if (config.clock === "test") terminal.print("CLOCK is test: time stands until PUT /api/v1/clock moves it.");
  const where = address === undefined ? null : config.baseUrl;
  terminal.document({ version: version(), services: names, site: where, signIn, mail, clock: config.clock });
}
