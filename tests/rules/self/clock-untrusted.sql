-- fires: nobody has told the kernel how wrong it may be
INSERT INTO clock(is_kept, max_error_us) VALUES (0, 16000000);
-- expect: clock

-- quiet: chrony keeps it, without rtcsync: the flag of the kernel alone would say no
INSERT INTO clock(is_kept, max_error_us) VALUES (1, 17288);
