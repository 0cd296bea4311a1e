-- title:    Others can change what this audit is judged by
-- severity: high
-- why:      Whoever can write the intent, the baseline or a rule decides what is found, and can
--           let anything pass. Give the file and the folders above it to root, with: chown
--           root:root PATH && chmod go-w PATH; or keep it in a repository where changes are
--           reviewed, and check it out as root.
-- refs:     CWE-732

SELECT path AS subject,
       'The ' || role || ' could be changed by others than root and the caller: ' || exposed || '.'
       AS detail,
       path AS file
  FROM inputs
 WHERE exposed <> ''
