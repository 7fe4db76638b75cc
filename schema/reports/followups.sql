-- Follow-ups that fell due: done on time, done late or still open, by person.
-- Group: people
--
-- Parameters
--   from  day  -90d   first day on which they were due
--   to    day  today  last day
-- Columns
--   person     text   whose task; empty: nobody's
--   tasks      count  that were due
--   on_time    count  done on the day that they were due, or earlier
--   late       count  done later
--   overdue    count  due before today and not done
--   days_late  days   median of the days that the late ones took longer
--   rate       percent  on_time of tasks
--   low        percent  its 95 % interval (Wilson), from
--   high       percent  to
--   few        text   few: under ten
-- Definitions
--   A task or appointment due today that is not done yet is neither on time
--   nor late: it is left out.  What was done by now counts, by its local day.
WITH done AS (
	SELECT {by k.task k.owner:staff k.contact} k.owner AS person,
	       k.contact, iif(k.done_at <= now(),
	       days_since(k.due) - days_since(k.done_at), NULL) AS days
	  FROM task k
	 WHERE k.due BETWEEN :from AND :to AND k.due <= today()
	   AND (k.due < today() OR k.done_at <= now()) {only k.contact}
), k AS (
	SELECT *, ifnull(days <= 0, 0) AS on_time, ifnull(days > 0, 0) AS late
	  FROM done
)
SELECT {columns}
       (SELECT f.login FROM staff f WHERE f.staff = person) AS person,
       count(*) AS tasks, sum(on_time) AS on_time, sum(late) AS late,
       count(*) - sum(on_time) - sum(late) AS overdue,
       median(nullif(max(days, 0), 0)) AS days_late,
       {rate sum(on_time) count(*)} {contacts contact}
  FROM k
 GROUP BY {groups} k.person
 ORDER BY {groups} person IS NULL, person
