-- Recency, frequency and monetary value of every customer, scored.
-- Group: customers
--
-- Parameters
--   to      day    today  last day that counts
--   bins    count  5      scores go from 1 to this
--   method  quantile|ntile  quantile  what divides the scores
-- Columns
--   contact    contact  the customer
--   name       text     its name
--   recency    days     days since the last purchase
--   frequency  count    orders
--   monetary   money    revenue, less refunds
--   r          count    score of recency, the highest for the latest
--   f          count    score of frequency
--   m          count    score of monetary
--   rfm        text     the three scores as one word, 5-5-5 from ten bins on
--   segment    text     what such a customer is called; with five bins only
-- Definitions
--   A customer is who ever bought something.  quantile: a score is one more
--   than the number of thresholds that a value reaches; these are the
--   quantiles of type 7 (Hyndman and Fan 1996) plus one day, order or major
--   unit, so that equal values have equal scores.  ntile: parts of equal
--   size, whatever the values.  Scores are among all customers, whichever
--   segment is asked for.  Thresholds and the names of segments are those of
--   the R package rfm 0.3.0 (Hebbali), the first that fits; Others: none.
WITH s AS (
	SELECT contact, recency, frequency, monetary_minor AS monetary, r, f, m
	  FROM scored(:to, max(:bins, 1))
	 WHERE :method = 'quantile'
	 UNION ALL
	SELECT *
	  FROM (SELECT contact, recency, frequency, monetary_minor,
	               ntile(max(:bins, 1))
	                   OVER (ORDER BY recency DESC, contact),
	               ntile(max(:bins, 1))
	                   OVER (ORDER BY frequency, contact),
	               ntile(max(:bins, 1))
	                   OVER (ORDER BY monetary_minor, contact)
	          FROM scored(:to, 1)
	         WHERE :method = 'ntile'
	         ORDER BY contact
	         LIMIT -1)
), n AS (
	SELECT {by s.contact} s.* FROM s
)
SELECT {columns} n.contact, c.name, recency, frequency, monetary, r, f, m,
       r || iif(:bins > 9, '-', '') || f || iif(:bins > 9, '-', '') || m
           AS rfm,
       CASE WHEN :bins <> 5 THEN NULL
            WHEN r = 5 AND f = 5 AND m = 5 THEN 'Champions'
            WHEN r >= 3 AND f >= 3 AND m >= 2 THEN 'Potential Loyalist'
            WHEN r BETWEEN 2 AND 4 AND f BETWEEN 2 AND 4
             AND m BETWEEN 2 AND 4 THEN 'Loyal Customers'
            WHEN r BETWEEN 3 AND 4 AND f <= 3 AND m >= 3 THEN 'Promising'
            WHEN r >= 4 AND f <= 3 THEN 'New Customers'
            WHEN r <= 2 AND f BETWEEN 3 AND 4 AND m >= 4
            THEN 'Can''t Lose Them'
            WHEN r <= 2 AND f >= 2 AND m >= 4 THEN 'At Risk'
            WHEN r <= 3 AND f >= 3 AND m >= 3 THEN 'Need Attention'
            WHEN r BETWEEN 2 AND 3 AND f <= 3 AND m <= 4
            THEN 'About To Sleep'
            WHEN r = 1 THEN 'Lost'
            ELSE 'Others' END AS segment
  FROM n CROSS JOIN contact c ON c.contact = n.contact
 WHERE 1 {only n.contact}
