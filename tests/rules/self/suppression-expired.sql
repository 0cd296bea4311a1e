-- fires: the day before yesterday, also when its finding is long gone
INSERT INTO waivers VALUES ('exposure/port-open-not-in-intent', '0.0.0.0:6379/tcp', '2026-06-13', 'ticket OPS-1', 'harden.yaml', 7);
-- expect: exposure/port-open-not-in-intent 0.0.0.0:6379/tcp

-- quiet: its last day is today
INSERT INTO waivers VALUES ('exposure/port-open-not-in-intent', '0.0.0.0:6379/tcp', '2026-06-15', 'ticket OPS-1', 'harden.yaml', 7);
