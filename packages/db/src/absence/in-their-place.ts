import { sql } from "kysely";

/** Who is away on a day and has a deputy, whose address refuses mail, and who is no longer in the catalogue. */
const unreachableOn = (day: string) => sql`
  away as materialized (
    select distinct on (lower(d.person)) lower(d.person) as address, lower(d.deputy) as deputy, d.to_day from deputy d
    where d.ended_at is null and ${day}::date between d.from_day and d.to_day order by lower(d.person), d.id),
  refusing as materialized (select lower(address) as address from bounce where cleared_at is null),
  gone as materialized (
    select lower(email) as address from person group by 1 having bool_and(until is not null)),
  out_of_reach as materialized (
    select address from away union select address from refusing union select address from gone)`;

/**
 * Common tables that end in `reached (id, recipient, stood)`: who hears of each due telling, where those in `asked (id,
 * recipient, for_want)` may be out of reach. A deputy hears for who is away. Where there is none, or the deputy is out of
 * reach too, the next in line does: for who is told as of a forum its chair, then its secretary, then its members; for others the
 * owner of the area, then of the organisation, and so up the tree, then the nearest executive; then the operators, who alone
 * stand in for an operator.
 * There is no second step: whoever is out of reach is passed over. With nobody left it goes where it was addressed.
 */
export const inTheirPlace = (day: string) => sql`
  ${unreachableOn(day)},
  lost as materialized (
    select a.id, a.recipient, a.for_want, w.to_day,
      case when g.address is not null then 'left' when r.address is not null then 'bouncing' else 'away' end as why,
      case when g.address is null and exists (select from person p where p.until is null and lower(p.email) = w.deputy)
        and not exists (select from out_of_reach o where o.address = w.deputy) then w.deputy end as deputy
    from asked a join out_of_reach o on o.address = a.recipient
      left join away w on w.address = a.recipient
      left join refusing r on r.address = a.recipient left join gone g on g.address = a.recipient),
  to_pass as materialized (select * from lost where deputy is null),
  places as materialized (
    select d.id, coalesce(d.organisation, e.organisation) as code, coalesce(e.area, m.area) as area,
      d.forums || array(select jsonb_array_elements_text(coalesce(d.detail -> 'forums', '[]'))) as told_of,
      array_remove(array[e.forum, e.area], null) as stands_before
    from due d left join escalation e on e.id = d.escalation left join series s on s.id = d.series
      left join metric m on m.code = s.metric and m.until is null
    where d.id in (select id from to_pass)),
  up (id, code, area, height) as (
    select id, code, area, 0 from places where code is not null
    union all select up.id, o.parent, up.area, up.height + 1 from up
      join organisation o on o.code = up.code and o.until is null where o.parent is not null and up.height < 30),
  sat as materialized (
    select t.id, t.recipient, p.forum, p.forum = any(l.told_of) as is_told_of,
      p.forum = any(l.stands_before) or (l.code is null and l.told_of = '{}') as is_before
    from to_pass t join places l on l.id = t.id
      join person p on lower(p.email) = t.recipient and p.role in ('chair', 'member', 'secretary') and p.forum is not null
    where not t.for_want),
  lines as materialized (
    select t.id, t.recipient, case
      when t.for_want then 'operators'
      when exists (select from sat s where s.id = t.id and s.recipient = t.recipient and s.is_told_of) then 'forum'
      when exists (select from up join person p on p.organisation = up.code
        where up.id = t.id and lower(p.email) = t.recipient) then 'organisation'
      when exists (select from sat s where s.id = t.id and s.recipient = t.recipient and s.is_before) then 'forum'
      else 'organisation' end as line
    from to_pass t),
  in_line as (
    select l.id, l.recipient, lower(p.email) as address, case p.role when 'chair' then 0 when 'secretary' then 1 else 2 end as place
      from lines l join sat s on s.id = l.id and s.recipient = l.recipient and (s.is_told_of or s.is_before)
        join person p on p.until is null and p.forum = s.forum and p.role in ('chair', 'secretary', 'member')
      where l.line = 'forum'
    union all select l.id, l.recipient, lower(p.email),
        case when p.role = 'executive' then 1000 + up.height when p.forum is null then 11 + 2 * up.height else 10 + 2 * up.height end
      from lines l join up on up.id = l.id
        join person p on p.until is null and p.organisation = up.code
          and (p.role = 'executive' or (p.role = 'owner' and (p.forum is null or p.forum = up.area)))
      where l.line = 'organisation'
    union all select l.id, l.recipient, lower(p.email), 5000 from lines l
      join person p on p.until is null and p.role = 'operator'
    union all select id, recipient, recipient, 9000 from to_pass),
  next_in_line as (
    select id, recipient, address, rank() over (partition by id, recipient order by place) as nth from in_line
    where place = 9000 or not exists (select from out_of_reach o where o.address = in_line.address)),
  through as (
    select id, recipient, deputy as address from lost where deputy is not null
    union select id, recipient, address from next_in_line where nth = 1),
  reached as (
    select id, recipient, null::jsonb as stood from asked
      where not exists (select from out_of_reach o where o.address = asked.recipient)
    union all select l.id, t.address, case when t.address <> l.recipient then jsonb_build_object('person', l.recipient,
        'name', coalesce((select p.name from person p where lower(p.email) = l.recipient
          order by (p.until is null) desc, p.id desc limit 1), l.recipient),
        'why', l.why, 'until', case l.why when 'away' then to_char(l.to_day, 'YYYY-MM-DD') end) end
    from lost l join through t on t.id = l.id and t.recipient = l.recipient)`;
