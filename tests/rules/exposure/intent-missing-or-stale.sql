-- fires: no intent at all
INSERT INTO inputs VALUES ('baseline', 'baseline.json', 1781000000, NULL);
-- expect: intent

-- fires: an export of three months ago (2026-03-15)
INSERT INTO inputs VALUES ('intent', 'sg.json', 1773532800, NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, file) VALUES ('aws', 'tcp', 443, 443, 'sg.json');
-- expect: sg.json

-- fires: two days are too old when the owner says so
INSERT INTO settings VALUES ('intent_max_age_days', '1', 'harden.yaml', 9);
INSERT INTO inputs VALUES ('intent', 'plan.json', 1781308800, NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, file) VALUES ('terraform', 'tcp', 443, 443, 'plan.json');
-- expect: plan.json

-- quiet: an export of two days ago, and an old policy, which is kept by review and not by export
INSERT INTO inputs VALUES ('intent', 'sg.json', 1781308800, NULL), ('intent', 'harden.yaml', 1700000000, NULL);
INSERT INTO intents(origin, protocol, port_first, port_last, file) VALUES ('aws', 'tcp', 443, 443, 'sg.json'), ('policy', 'tcp', 443, 443, 'harden.yaml');

-- unknown: what was given could not be seen
INSERT INTO coverage VALUES ('inputs', 'error', NULL, 1);
