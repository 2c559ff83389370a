import type { LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { PolicyAnswer } from '../../api/privacy.ts';

/** The policy in force, its versions and the agreements. */
export const loadPolicy = ({ context }: LoaderFunctionArgs) => read<PolicyAnswer>(context, '/api/policy');
