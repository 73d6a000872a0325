/**
 * In which role somebody acts for an organisation. `applicant`: for a company or institute that files.
 * `officer`, `supervisor`: for an authority. `operator`: for the body that runs the park. `auditor`: for oversight.
 */
export const memberRoles = ['applicant', 'officer', 'supervisor', 'auditor', 'operator'] as const;
export type MemberRole = (typeof memberRoles)[number];

export const organizationKinds = ['applicant', 'authority', 'operator', 'oversight'] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

/** Roles that an organisation of each kind has. */
export const rolesOfKind: Readonly<Record<OrganizationKind, readonly MemberRole[]>> = {
  applicant: ['applicant'],
  authority: ['officer', 'supervisor'],
  operator: ['operator'],
  oversight: ['auditor'],
};
