-- title:    There is no intent to compare with, or it is out of date
-- severity: medium
-- why:      Without an intent nobody has said which ports are meant to be open, and an old
--           export says what was meant then. Export again, with: aws ec2
--           describe-security-groups >sg.json (or terraform show -json >plan.json), or write
--           harden.yaml, and give the file with --intent. The setting intent_max_age_days says
--           how old an export may be.

SELECT 'intent' AS subject,
       'No intent was given, so nothing says which ports are meant to be open.' AS detail,
       NULL AS file
 WHERE NOT EXISTS (SELECT 1 FROM inputs WHERE role = 'intent')
   AND EXISTS (SELECT 1 FROM complete_tables WHERE name = 'inputs')
UNION ALL
SELECT i.path,
       'The export is older than ' || setting('intent_max_age_days', 30)
       || ' days: the security groups may have changed since.',
       i.path
  FROM inputs i
 WHERE i.role = 'intent'
   AND i.path IN (SELECT file FROM intents WHERE origin <> 'policy')
   AND unixepoch(today()) - i.mtime > setting('intent_max_age_days', 30) * 86400
