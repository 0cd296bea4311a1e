-- title:    A security group lets the internet in where the policy does not, and something listens
-- severity: high
-- why:      The cloud's firewall passes strangers on to a service of this host that the policy
--           keeps for others. Narrow the rule in Terraform, or at once with: aws ec2
--           revoke-security-group-ingress --group-id GROUP --protocol tcp --port PORT --cidr
--           SOURCE. If it is meant, add it to "allow" in harden.yaml.
-- refs:     CWE-284, CWE-668

SELECT subject,
       'The security group allows ' || excess || ', which the policy does not.' AS detail,
       file,
       line
  FROM wide_groups
 WHERE is_served
