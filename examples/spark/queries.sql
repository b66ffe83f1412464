-- Questions about the tables of graph.py and uptake.py, whose folders are views of the same names:
--   for name in ("cites", "policies", "binds", "deadlines", "uptake"):
--       spark.read.parquet(f"/data/tables/{name}").createOrReplaceTempView(name)

-- How fast do regions adopt the policies that most of them adopt?
SELECT title, count(*) AS regions, min(lag) AS first_days, percentile(lag, 0.5) AS median_days
FROM uptake GROUP BY policy, title ORDER BY regions DESC, policy LIMIT 10;

-- Which policies do most documents cite, and by how many kinds of names?
SELECT title, number, count(DISTINCT document) AS documents, count(DISTINCT words) AS names
FROM cites JOIN policies ON key = target GROUP BY key, title, number ORDER BY documents DESC, key LIMIT 10;

-- Who must keep most deadlines in a quarter?
SELECT substring_index(target, ':', -1) AS agency, count(*) AS deadlines, min(due) AS first_day
FROM binds JOIN deadlines ON key = source
WHERE target LIKE 'agency:%' AND due BETWEEN DATE '2028-07-01' AND DATE '2028-09-30'
GROUP BY target ORDER BY deadlines DESC, target LIMIT 10;
