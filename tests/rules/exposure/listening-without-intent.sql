-- fires: no intent, so what listens is listed
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
-- expect: 0.0.0.0:22/tcp

-- quiet: with an intent, exposure/port-open-not-in-intent judges
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '0.0.0.0', 22, 100, 0, NULL, 0);
INSERT INTO intents(origin, protocol, port_first, port_last, source) VALUES ('policy', 'tcp', 80, 80, '0.0.0.0/0');

-- unknown: loopback alone is not listed, and without an intent nothing is judged
INSERT INTO namespaces VALUES (1, NULL, 1);
INSERT INTO sockets VALUES (1, 'tcp', 'ipv4', '127.0.0.1', 22, 100, 0, NULL, 0);
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
