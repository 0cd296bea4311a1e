-- title:    A port is open that the intent does not allow
-- severity: high
-- why:      Whoever can send a packet to this host can talk to a service that nobody meant to
--           offer. If it belongs there, add it to "allow" in harden.yaml. If not, stop it
--           (systemctl disable --now UNIT, docker stop CONTAINER) or bind it to 127.0.0.1; see
--           it with: ss -tulpnH
-- refs:     CWE-668, CWE-1327, CIS Docker 5.9

-- Compared by protocol and port alone. From which addresses a packet gets through is for the
-- firewall to say, which is not modelled yet; so an intended port of a narrow source counts as
-- intended, and so does one whose source only the cloud can resolve. Without any intent nothing
-- can be called unintended: the verdict is unknown, and exposure/listening-without-intent lists what
-- there is.
WITH open_ports AS MATERIALIZED (
	SELECT subject, protocol, port, who FROM listeners WHERE is_exposed
)
SELECT o.subject,
       'No intent allows port ' || o.port || '/' || o.protocol || ', but ' || o.who
       || ' listens beyond loopback.' AS detail
  FROM open_ports o
 WHERE EXISTS (SELECT 1 FROM complete_tables WHERE name = 'intents')
   AND NOT EXISTS (
	SELECT 1
	  FROM intent_ports i
	 WHERE i.protocol = o.protocol AND o.port BETWEEN i.port_first AND i.port_last
 )
