const LATE = Symbol("late");

/** Waits for work, but no longer than this many milliseconds: true when it was done in time. Rejects as the work does. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => (timer = setTimeout(resolve, ms, LATE)));
  try {
    return (await Promise.race([work, late])) !== LATE;
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // What fails after nobody waits for it any more must not end the process.
  }
}
