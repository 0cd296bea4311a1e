-- title:    Memcached answers over UDP
-- severity: high
-- why:      A forged question of 15 bytes has it send a victim up to 50,000 times as much. Nothing needs it:
--           start it with -U 0 (Debian: /etc/memcached.conf; the default since 1.5.6).
-- refs:     CWE-406

SELECT DISTINCT subject,
       'Memcached at ' || subject || ' answers datagrams.' AS detail
  FROM memcached_answers
 WHERE protocol = 'udp' AND NOT is_loopback AND outcome = 'served'
