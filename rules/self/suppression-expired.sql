-- title:    A waiver has expired
-- severity: high
-- why:      Somebody promised to mend this by a day that has passed, and the finding counts
--           again. Mend it and delete the waiver from harden.yaml, or decide anew and set a
--           new "until" there, with a reason.
-- tags:     gate

SELECT rule || ' ' || subject AS subject,
       'The waiver ended on ' || until || '; its reason was: ' || coalesce(reason, 'none given')
       || '.' AS detail,
       file,
       line
  FROM waivers
 WHERE until < today()
