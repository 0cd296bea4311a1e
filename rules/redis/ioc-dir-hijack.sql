-- title:    Redis saves its data where it becomes a crontab, a key or a web page
-- severity: critical
-- why:      Nobody sets that by mistake: who may write CONFIG may so become root. Take the host from
--           the network, look at the file there, and build the host anew.
-- refs:     CWE-73

SELECT DISTINCT subject,
       'Redis at ' || subject || ' saves to ' || dir || '/' || coalesce(dbfilename, '?') || '.' AS detail
  FROM redis_answers
 WHERE dir GLOB '/etc/cron*' OR dir GLOB '/var/spool/cron*' OR dir GLOB '*/.ssh' OR dir GLOB '*/.ssh/*'
    OR dir GLOB '/var/www*' OR dir GLOB '/usr/share/nginx*' OR dir GLOB '/etc/systemd*' OR dir = '/etc'
    OR dir GLOB '/etc/profile.d*' OR dir GLOB '/etc/ld.so*'
    OR dbfilename IN ('root', 'authorized_keys', 'crontab') OR dbfilename GLOB '*.php' OR dbfilename GLOB '*.jsp'
    OR dbfilename GLOB '*.so'
