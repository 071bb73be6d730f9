import { keepAuditCheck } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { testApp } from "./testing.ts";

let now = Temporal.Now.instant().round("millisecond");
const { app, db, ids, signInAs, close } = await testApp({}, { machineNow: () => now });
afterAll(close);

const health = async () => {
  const { statusCode, body } = await app.inject("/health/audit");
  return [statusCode, JSON.parse(body)] as const;
};
const keep = (...found: Parameters<typeof keepAuditCheck>[2]) =>
  db.transaction().execute((trx) => keepAuditCheck(trx, { checkedAt: now, judgedAt: now, periodSeconds: 900 }, found));

describe("/health/audit", () => {
  test("says no while nobody has looked", async () => {
    expect(await health()).toEqual([
      503,
      { ok: false, checkedAt: null, problems: [{ name: "not-checked", count: 1 }] },
    ]);
  });

  test("says yes when the last look found nothing, until two periods are over", async () => {
    await keep();
    const checkedAt = now.toString();
    expect(await health()).toEqual([200, { ok: true, checkedAt, problems: [] }]);
    now = now.add({ minutes: 30 });
    expect((await health())[0]).toBe(200);
    now = now.add({ seconds: 1 });
    expect(await health()).toEqual([503, { ok: false, checkedAt, problems: [{ name: "not-checked", count: 1 }] }]);
  });

  test("says what was found by name and count, and no more; operators see which, what to do, and the gauge", async () => {
    const place = `/escalations/${ids.escalation}`;
    const finding = (what: string) => ({ name: "case-without-step", what, place, since: now }) as const;
    await keep(finding("Case 1, secret of RA"), finding("Case 2"), { ...finding("Notice"), name: "notice-stuck" });
    const [status, body] = await health();
    expect([status, body.problems]).toEqual([
      503,
      [
        { name: "case-without-step", count: 2 },
        { name: "notice-stuck", count: 1 },
      ],
    ]);
    expect(JSON.stringify(body)).not.toContain("secret");
    const page = await app.inject({ url: "/operations", headers: { cookie: await signInAs("operator") } });
    expect(page.body).toContain("3 things are not as they must be: put them right");
    expect(page.body).toContain(`<a href="${place}">Case 1, secret of RA</a>`);
    expect(page.body).toContain("A case of which nobody is asked anything");
    const metrics = await app.inject("/metrics");
    expect(metrics.body).toContain('signalbox_audit_findings{check="case-without-step"} 2');
    expect(metrics.body).toContain('signalbox_audit_findings{check="clock-stopped"} 0');
  });
});
