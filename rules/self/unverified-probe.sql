-- title:    Something could not be seen
-- severity: medium
-- why:      What was not looked at cannot be called safe: rules that read this table say
--           "unknown", and the exit status is 3. Run harden as root; if it already is, the
--           detail says what stood in the way.

-- That no intent was given is told by exposure/intent-missing-or-stale.
SELECT "table" AS subject,
       'The table is not complete: ' || status || coalesce(': ' || nullif(detail, ''), '') || '.'
       AS detail
  FROM coverage
 WHERE status NOT IN ('complete', 'absent')
   AND NOT ("table" = 'intents' AND status = 'partial'
	    AND coalesce(detail, '') LIKE 'no intent was given%')
