import type { Logger } from "@signalbox/log";

const WITHIN_MS = 5000;

/**
 * Asks for an address, so that whoever watches it from outside knows that all is well. No redirect is followed and nothing
 * of the answer is read. What goes wrong is logged, without the address, which may be a secret.
 */
export async function ping(address: string, log: Pick<Logger, "warn">, stopped: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(WITHIN_MS);
  try {
    const answer = await fetch(address, { redirect: "manual", signal: AbortSignal.any([deadline, stopped]) });
    await answer.body?.cancel();
    if (!answer.ok) log.warn({ status: answer.status }, "the address of AUDIT_PING_URL did not say yes");
  } catch (error) {
    if (stopped.aborted) return;
    const why = deadline.aborted ? `no answer within ${WITHIN_MS} ms` : whyNot(error);
    log.warn({ why }, "the address of AUDIT_PING_URL could not be asked");
  }
}

function whyNot(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "it cannot be reached";
}
