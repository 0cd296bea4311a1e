-- fires: each table that is not complete, also one that no rule knows
INSERT INTO coverage VALUES ('sockets', 'denied', 'no permission', 1), ('processes', 'crashed', NULL, 1), ('other', 'timeout', '', 5000);
-- expect: sockets
-- expect: processes
-- expect: other

-- fires: an intent of which a part is not known
INSERT INTO coverage VALUES ('intents', 'partial', 'the plan opens ports that are known only after apply', 1);
-- expect: intents

-- quiet: complete is an answer, and so is absent
INSERT INTO coverage VALUES ('sockets', 'absent', 'no such thing here', 1);

-- quiet: that no intent was given is another rule's
INSERT INTO coverage VALUES ('intents', 'partial', 'no intent was given', 1);
