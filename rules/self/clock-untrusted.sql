-- title:    Nothing keeps the clock of this host right
-- severity: medium
-- why:      All that this report says of dates is said by that clock, and so is what TLS, one-time
--           passwords and logs say. See: timedatectl. Then: apt-get install chrony (or systemctl
--           enable --now systemd-timesyncd). If it runs, see whether it gets an answer, with
--           chronyc sources -v; outgoing UDP 123 must be let out.
-- refs:     CWE-672

SELECT 'clock' AS subject,
       'Nobody (NTP, PTP) has kept the clock of the kernel right, since it started or for hours.' AS detail
  FROM clock
 WHERE NOT is_kept
