SELECT strftime('%Y', day, '-3 days', 'weekday 4') || '-W'
           || printf('%02d', (strftime('%j', day, '-3 days', 'weekday 4') - 1)
           / 7 + 1) AS week,
       login, channel, count(*), sum(direction = 'in'),
       sum(direction = 'out'), count(DISTINCT contact), sum(ifnull(minutes, 0))
  FROM interaction i LEFT JOIN staff s ON s.staff = i.by
 WHERE day BETWEEN '2026-09-07' AND '2026-11-23'
   AND at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
   AND channel <> 'plan' AND channel <> 'lesson'
 GROUP BY week, i.by, channel
 ORDER BY week, login, channel;
