-- title:    The host's firewall lets in whatever it does not know
-- severity: medium
-- why:      Each service that is started on this host is open to the internet from its first second.
--           Give the input chain "policy drop", with rules for what is meant to be open (ufw: ufw
--           default deny incoming; firewalld: firewall-cmd --set-default-zone=public). Keep the
--           rule for your own SSH session in front.
-- refs:     CWE-1327

-- Told by a port that nobody listens on and no rule names. Where a security group is given, that
-- one denies by default.
SELECT coalesce(nullif(place, '') || ' ', '') || interface || ' ' || family AS subject,
       'A port that no rule names is open to ' || sources_words(max(answered)) || ' by way of '
       || interface || ' over ' || CASE family WHEN 'ipv4' THEN 'IPv4.' ELSE 'IPv6.' END AS detail
  FROM exposures
 WHERE path = 'default' AND is_public
   AND NOT EXISTS (SELECT 1 FROM intents WHERE origin <> 'policy')
 GROUP BY namespace, place, interface, family
