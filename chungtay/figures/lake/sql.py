"""The one SQL that consolidates a lake, said in words that both DuckDB and Spark understand.

What `figures/consolidation.py` does with arrays, by another road. Tables: `facts` of one view; `terms` with the kind of each
indicator; `lines` (what is asked: one indicator, or a ratio of two); `windows`, each with the map that its units stand on;
`nodes` and `members` of those maps; `parts` of places that were divided; `lives` of places in half-month bins; `heirs`, all
that came after a place; `expected`, who is expected for what, shared by all lines with the same `due`. Columns: `question.py`.
A stock of a place that ended inside a window counts until an heir has `claimed` the indicator (`figures/carrying.py`).
"""

_BIN = """(extract(year from {day}) * 12 + extract(month from {day}) - 1) * 2
         + case when extract(day from {day}) >= 15 then 1 else 0 end"""

_END_BIN, _START_BIN = _BIN.format(day="period_end"), _BIN.format(day="period_start")

# A flow counts in the windows that hold it wholly, and never from one kind of window (1st to 1st, 15th to 15th) in the other.
# A stock counts in the windows in which its period ends. `used`: every key that anybody stated must be there.
_PERIODS = """
periods as (
  select kind, indicator, dimension, period_start, period_end, {end_bin} as end_bin, {end_bin} - ({start_bin}) as bins
  from (select distinct t.kind, f.indicator, f.dimension, f.period_start, f.period_end
        from facts f join terms t on t.indicator = f.indicator) stated
),
fitting as (
  select p.kind, p.indicator, p.dimension, p.period_start, p.period_end, p.end_bin, p.bins, w.w, w.map, w.period_start as window_start
  from periods p join windows w on p.period_end > w.period_start and p.period_end <= w.period_end
  where p.kind = 'stock' or w.parity = -1 or p.bins % 2 = 1 or p.end_bin % 2 = w.parity
),
used as (
  select indicator, w, count(distinct dimension) as dimensions from fitting group by indicator, w
),
inside as (
  select distinct kind, period_start, period_end, end_bin, bins, w, map from fitting where kind = 'stock' or period_start >= window_start
)"""

_PLAIN = """
told as (
  select f.indicator, f.dimension, f.area, 0 as part, f.period_start, f.period_end, f.value, t.kind
  from facts f join terms t on t.indicator = f.indicator
)"""

_DIVIDED = """
cut0 as (
  select f.indicator, f.dimension, f.area, p.part, p.map, f.period_start, f.period_end, f.value, t.kind{bounds}
  from facts f join terms t on t.indicator = f.indicator join parts p on p.area = f.area
){cuts},
told as (
  select indicator, dimension, area, part, map, period_start, period_end, value, kind from cut{last}
)"""

# floor(value * high / 1e6) - floor(value * low / 1e6) without leaving 64 bits: value = 1e6 * millions + rest, 0 <= rest < 1e6.
_CUT = """,
rest{n} as (
  select indicator, dimension, area, part, map, period_start, period_end, kind{bounds}, value,
         (value % 1000000 + 1000000) % 1000000 as rest
  from cut{before}
),
cut{n} as (
  select indicator, dimension, area, part, map, period_start, period_end, kind{bounds},
         cast((value - rest) / 1000000 as bigint) * (high{n} - low{n})
         + cast(floor(rest * high{n} / 1000000) as bigint) - cast(floor(rest * low{n} / 1000000) as bigint) as value
  from rest{n}
)"""

_CELLS = """
flow_key as (
  select t.indicator, t.dimension, t.area, t.part, i.w, sum(t.value) as value, sum(i.bins) as filled
  from told t join inside i on i.period_start = t.period_start and i.period_end = t.period_end and i.kind = t.kind{on_map}
  where t.kind = 'flow'
  group by t.indicator, t.dimension, t.area, t.part, i.w
),
stock_key as (
  select t.indicator, t.dimension, t.area, t.part, i.w, max_by(t.value, t.period_end) as value, max(t.period_end) as newest,
         max(case when l.end_bin < w.end_bin then 1 else 0 end) as is_gone
  from told t join inside i on i.period_start = t.period_start and i.period_end = t.period_end and i.kind = t.kind{on_map}
  join windows w on w.w = i.w join lives l on l.area = t.area
  where t.kind = 'stock' and l.first_bin < w.end_bin
    and (l.end_bin >= w.end_bin or (l.end_bin > w.first_bin and l.end_bin > l.first_bin))
  group by t.indicator, t.dimension, t.area, t.part, i.w
),
unit as (
  select k.indicator, k.area, k.part, k.w, sum(k.value) as value, date '9999-12-31' as latest,
         case when sum(case when k.filled >= least(w.end_bin, l.end_bin) - greatest(w.first_bin, l.first_bin)
                            then 1 else 0 end) = max(u.dimensions)
              then date '9999-12-31' else date '0001-01-01' end as earliest, 0 as is_gone
  from flow_key k join used u on u.indicator = k.indicator and u.w = k.w
  join windows w on w.w = k.w join lives l on l.area = k.area
  group by k.indicator, k.area, k.part, k.w
  union all
  select k.indicator, k.area, k.part, k.w, sum(k.value), max(k.newest),
         case when count(*) = max(u.dimensions) then min(k.newest) else date '0001-01-01' end, max(k.is_gone)
  from stock_key k join used u on u.indicator = k.indicator and u.w = k.w
  group by k.indicator, k.area, k.part, k.w
),
claimed as (
  select distinct f.indicator, h.area, i.w
  from facts f join heirs h on h.heir = f.area join lives l on l.area = h.area
  join inside i on i.period_start = f.period_start and i.period_end = f.period_end and i.kind = 'stock'
  where i.end_bin > l.end_bin
),
line_unit as (
  select l.line, a.area, a.part, a.w, a.value as total, b.value as below,
         least(a.latest, coalesce(b.latest, a.latest)) as latest,
         least(a.earliest, coalesce(b.earliest, a.earliest)) as earliest
  from lines l join unit a on a.indicator = l.above
  left join unit b on b.indicator = l.below and b.area = a.area and b.part = a.part and b.w = a.w
  left join claimed c on a.is_gone = 1 and c.indicator = l.above and c.area = a.area and c.w = a.w
  left join claimed d on b.is_gone = 1 and d.indicator = l.below and d.area = b.area and d.w = b.w
  where (l.below is null or b.value is not null)
    and (a.is_gone + coalesce(b.is_gone, 0) = 0
         or (a.is_gone = 1 and c.area is null) or (coalesce(b.is_gone, 0) = 1 and d.area is null))
),
due as (
  select distinct e.due, e.area, w.w, w.map,
         case when l.end_bin >= w.end_bin and l.first_bin < w.end_bin then 1 else 0 end as at_end
  from expected e join windows w on e.valid_from < w.period_end and e.valid_to > w.period_start
  join lives l on l.area = e.area
  where l.first_bin < w.end_bin and l.end_bin > w.first_bin and l.first_bin < l.end_bin
),
tally as (
  select u.line, m.node, u.w, u.earliest, sum(u.total) as total, sum(u.below) as below, max(u.latest) as latest,
         sum(case when m.counts and d.area is not null and (d.at_end = 1 or not l.has_stock) then 1 else 0 end) as done,
         max(case when m.is_estimate then 1 else 0 end) as is_estimate
  from line_unit u join lines l on l.line = u.line join windows w on w.w = u.w
  join members m on m.map = w.map and m.area = u.area and m.part = u.part
  left join due d on d.due = l.due and d.area = u.area and d.w = u.w
  group by u.line, m.node, u.w, u.earliest
),
topped as (
  select tally.*, max(latest) over (partition by line, node, w) as top from tally
),
summed as (
  select line, node, w, cast(sum(total) as bigint) as total, cast(sum(below) as bigint) as below, max(top) as top,
         cast(sum(case when earliest = top then done else 0 end) as bigint) as reported, max(is_estimate) as is_estimate
  from topped group by line, node, w
),
due_sum as (
  select d.due, m.node, d.w, count(*) as expected, sum(d.at_end) as expected_at_end
  from due d join members m on m.map = d.map and m.area = d.area
  where m.counts group by d.due, m.node, d.w
)
select l.line, n.node, w.w, s.total, s.below, coalesce(s.reported, 0) as reported,
       cast(coalesce(case when l.has_stock then e.expected_at_end else e.expected end, 0) as bigint) as expected,
       case when s.top < date '9999-12-31' then s.top - 1 end as as_of, coalesce(s.is_estimate, 0) = 1 as is_estimate
from lines l cross join windows w join nodes n on n.map = w.map
left join summed s on s.line = l.line and s.node = n.node and s.w = w.w
left join due_sum e on e.due = l.due and e.node = n.node and e.w = w.w
order by l.line, n.place, w.w
"""


def consolidation(cuts: int) -> str:
    """Return the query; `cuts`: how many cuts, one within the other, the parts of divided places need (0: none is divided)."""
    if not cuts:
        told, on_map = _PLAIN, ""
    else:
        bounds = [f"low{n}, high{n}" for n in range(1, cuts + 1)]
        steps = (
            _CUT.format(n=n, before=n - 1, bounds="".join(f", {bound}" for bound in bounds)) for n in range(1, cuts + 1)
        )
        first = "".join(f", p.low{n}, p.high{n}" for n in range(1, cuts + 1))
        told, on_map = _DIVIDED.format(bounds=first, cuts="".join(steps), last=cuts), " and i.map = t.map"
    periods = _PERIODS.strip().format(end_bin=_END_BIN, start_bin=_START_BIN)
    return f"with {periods},{told},{_CELLS.format(on_map=on_map)}"
