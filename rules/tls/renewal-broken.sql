-- title:    A certificate of certbot should have been renewed, and nothing will do it
-- severity: high
-- why:      It renews when a third of the lifetime is left. See what stands in the way: certbot renew
--           --dry-run; less /var/log/letsencrypt/letsencrypt.log; systemctl list-timers 'certbot*'
--           'snap.certbot*'. No timer? systemctl enable --now certbot.timer. A name that has moved away:
--           certbot delete --cert-name NAME.
-- refs:     CWE-324

-- Where systemd runs, Debian's line of cron does nothing: only what is run counts.
WITH late AS (
	SELECT DISTINCT substr(path, 1, length(path) - length('/cert.pem')) AS lineage, path
	  FROM file_certificates
	 WHERE used_by = 'letsencrypt' AND place = '' AND path LIKE '%/cert.pem' AND position = 1
	   AND remaining < lifetime / 3
), state AS (
	SELECT coalesce(max(is_active), 0) AS has_job, coalesce(max(has_failed), 0) AS has_failed FROM renewals
)
SELECT l.lineage AS subject,
       'Less than a third of its lifetime is left, and '
       || CASE WHEN NOT s.has_job THEN 'no timer, line of cron or process renews it.'
	       ELSE 'the last renewal failed, as the log of certbot says.' END AS detail,
       l.path AS file
  FROM late l, state s
 WHERE NOT s.has_job OR s.has_failed
