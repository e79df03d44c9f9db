"""The same figures by another road: plain SQL over the raw facts in DuckDB, cell by cell, no arrays, no prefix sums."""

from dataclasses import dataclass
from uuid import UUID

import duckdb

# One row per (line, group, window). Lines: one per indicator, over all its keys; `below_id` is set for a ratio.
CELLS = """
with live as (
  select indicator, key, area, first, finish, value from facts where status in (select status from seen)
  qualify row_number() over (partition by indicator, key, area, first, finish order by batch desc, seq desc) = 1
),
stands as (select * from live where value is not null),
used as (
  select distinct indicator, key, w.id as w from stands s join windows w on s.finish - 1 between w.first and w.finish - 1
),
flow_key as (
  select indicator, key, area, w.id as w, sum(value) as value,
         sum(s.finish - s.first) >= any_value(least(w.finish, l.finish) - greatest(w.first, l.first)) as done
  from stands s join windows w on s.first >= w.first and s.finish <= w.finish join lives l using (area)
  where indicator in (select id from terms where kind = 'flow') group by all
),
stock_key as (
  select indicator, key, area, w.id as w, arg_max(value, s.finish) as value, max(s.finish) - 1 as newest,
         any_value(l.finish < w.finish) as is_gone
  from stands s join windows w on s.finish - 1 between w.first and w.finish - 1 join lives l using (area)
  where indicator in (select id from terms where kind = 'stock') and l.first < w.finish
    and (l.finish >= w.finish or (l.finish > w.first and l.finish > l.first)) group by all
),
keys as (select indicator, w, count(*) as n from used group by all),
unit as (
  select f.indicator, area, f.w, sum(value) as value, 99999999 as latest,
         case when count(*) filter (done) = any_value(keys.n) then 99999999 else -1 end as earliest, false as is_gone
  from flow_key f join keys on keys.indicator = f.indicator and keys.w = f.w group by f.indicator, area, f.w
  union all
  select s.indicator, area, s.w, sum(value), max(newest), case when count(*) = any_value(keys.n) then min(newest) else -1 end,
         any_value(is_gone)
  from stock_key s join keys on keys.indicator = s.indicator and keys.w = s.w group by s.indicator, area, s.w
),
claimed as (  -- who came after a unit that is gone has stated the indicator since
  select distinct s.indicator, l.area, w.id as w
  from stands s join heirs h on h.heir = s.area join lives l on l.area = h.area
  join windows w on s.finish > l.finish and s.finish > w.first and s.finish <= w.finish
),
line_unit as (
  select l.id as line, a.area, a.w, a.value as total, b.value as below,
         least(a.latest, coalesce(b.latest, 99999999)) as latest, least(a.earliest, coalesce(b.earliest, 99999999)) as earliest
  from lines l join unit a on a.indicator = l.above_id left join unit b on b.indicator = l.below_id and b.area = a.area and b.w = a.w
  where (l.below_id is null or b.value is not null) and not (
    (a.is_gone or coalesce(b.is_gone, false))
    and (not a.is_gone or exists (from claimed c where c.indicator = l.above_id and c.area = a.area and c.w = a.w))
    and (not coalesce(b.is_gone, false)
         or exists (from claimed c where c.indicator = l.below_id and c.area = a.area and c.w = a.w)))
),
due as (
  select distinct l.id as line, e.area, w.id as w
  from lines l join expected e on e.indicator in (l.above_id, l.below_id)
  join windows w on e.valid_from < w.finish_day and (e.valid_to is null or e.valid_to > w.start_day)
  join lives v using (area)
  where (e.valid_to is null or e.valid_to > e.valid_from) and v.first < w.finish and v.finish > w.first
    and (v.finish >= w.finish or not l.has_stock)
),
summed as (
  select line, g.id as g, w, sum(total) as total, sum(below) as below, max(latest) as as_of
  from line_unit u join members g on g.area = u.area group by all
),
due_sum as (select line, g.id as g, w, count(*) as expected from due join members g on g.area = due.area group by all),
done_sum as (
  select u.line, g.id as g, u.w, count(*) as reported
  from line_unit u join members g on g.area = u.area join summed s on s.line = u.line and s.g = g.id and s.w = u.w
  join due d on d.line = u.line and d.area = u.area and d.w = u.w
  where u.earliest = s.as_of group by all
)
select l.id, g.id, w.id, total, below, coalesce(reported, 0), coalesce(expected, 0),
       case when as_of < 99999999 then as_of end
from lines l cross join (select distinct id from members) g cross join windows w
left join summed s on s.line = l.id and s.g = g.id and s.w = w.id
left join due_sum d on d.line = l.id and d.g = g.id and d.w = w.id
left join done_sum r on r.line = l.id and r.g = g.id and r.w = w.id
order by 1, 2, 3
"""

TABLES = """
create table facts(batch integer, seq integer, indicator varchar, key varchar, area varchar, first integer, finish integer,
                   value bigint, status varchar);
create table seen(status varchar);
create table windows(id integer, first integer, finish integer, start_day date, finish_day date);
create table terms(id varchar, kind varchar);
create table lines(id integer, above_id varchar, below_id varchar, has_stock boolean);
create table lives(area varchar, first integer, finish integer);
create table heirs(area varchar, heir varchar);
create table members(id integer, area varchar);
create table expected(indicator varchar, area varchar, valid_from date, valid_to date);
"""

Cell = tuple[int | None, int | None, int, int, int | None]
"""(total, below, reported, expected, as_of bin)."""


@dataclass(frozen=True)
class Tables:
    facts: list[tuple]
    seen: list[str]
    windows: list[tuple]
    terms: list[tuple]
    lines: list[tuple]
    members: list[tuple[int, UUID]]
    expected: list[tuple]
    lives: list[tuple]
    heirs: list[tuple]


def cells(tables: Tables) -> dict[tuple[int, int, int], Cell]:
    """Return {(line, group, window): cell}; total is None where there is no data."""
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.execute(TABLES)
        for name, rows in vars(tables).items():
            rows = [(row,) if isinstance(row, str) else tuple(map(_plain, row)) for row in rows]
            if rows:
                marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in rows)
                connection.execute(f"insert into {name} values {marks}", [value for row in rows for value in row])
        return {tuple(row[:3]): tuple(row[3:]) for row in connection.execute(CELLS).fetchall()}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
