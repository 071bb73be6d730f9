const WHILE_MS = 30_000;

/** Tells of the same error at most once in thirty seconds: a server that is away fails at each attempt to reach it. */
export function onceInAWhile(tellOf: (error: Error) => void): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    for (const [message, at] of told) if (now - at > WHILE_MS) told.delete(message);
    if (told.has(error.message)) return;
    told.set(error.message, now);
    tellOf(error);
  };
}
