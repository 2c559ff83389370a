/** People whom tests of signing in may be. */
import type { Persona } from '../../server/access/sign-in/index.ts';

export const ritaResident: Persona = {
  id: 'resident',
  name: 'Rita Resident',
  job: 'Sees her own record',
  kind: 'person',
  roles: [],
  nhsNumber: '9990000018',
  birthDate: '1950-02-03',
};

/** Somebody of staff, in these roles. */
export const staff = (id: string, name: string, job: string, roles: Persona['roles']): Persona => ({
  id,
  name,
  job,
  kind: 'staff',
  roles,
});
