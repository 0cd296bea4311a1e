-- fires: the policy, and the folder above the baseline
INSERT INTO inputs VALUES ('intent', 'harden.yaml', 1781000000, 'mode 0666 lets everyone write'), ('baseline', '/srv/ci/baseline.json', 1781000000, 'directory /srv/ci: owned by uid 1000');
-- expect: harden.yaml
-- expect: /srv/ci/baseline.json

-- quiet: nobody else could have
INSERT INTO inputs VALUES ('intent', 'harden.yaml', 1781000000, NULL), ('rules', '/etc/harden/rules.d', 1781000000, '');
