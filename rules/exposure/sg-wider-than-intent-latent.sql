-- title:    A security group allows more than the policy, though nothing is exposed by it yet
-- severity: low
-- why:      Nothing on this host answers there to the internet today; the next service that is
--           started on such a port will. Narrow the rule in Terraform, or with: aws ec2
--           revoke-security-group-ingress --group-id GROUP --protocol tcp --port PORT --cidr
--           SOURCE. If it is meant, add it to "allow" in harden.yaml.
-- refs:     CWE-284

SELECT subject,
       'The security group allows ' || excess || ', which the policy does not.' AS detail,
       file,
       line
  FROM wide_groups
 WHERE NOT is_served
