-- title:    Redis holds keys that a worm leaves behind
-- severity: critical
-- why:      Somebody was here: such keys are written to be saved as a crontab. Take the host from the
--           network, keep its disk for whoever looks into it, and build it anew; look into
--           /var/spool/cron, /etc/cron.d and .ssh/authorized_keys of each user.
-- refs:     CWE-912

SELECT DISTINCT subject,
       'Redis at ' || subject || ' has the keys ' || marks || '.' AS detail
  FROM redis_answers
 WHERE marks IS NOT NULL
