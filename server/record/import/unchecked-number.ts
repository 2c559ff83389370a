import { isNhsNumber, nhsNumberSystem } from '../../people/index.ts';
import type { Json, Resource } from '../types.ts';

/** The system under which an NHS number is kept that fails its check digit: as it was said, and trusted by nobody. */
export const uncheckedNumberSystem = 'urn:openics:nhs-number-that-fails-its-check';

const verificationStatus = 'Extension-UKCore-NHSNumberVerificationStatus';

/**
 * The same Patient with its NHS numbers that fail the check digit kept under another system; undefined when there are none. A typing
 * error in a number would otherwise hold back all that is known of a person. What the sender says of having verified it is left out.
 */
export function withoutWrongNumbers(resource: Resource): Resource | undefined {
  const { identifier } = resource as { identifier?: Json };
  if (resource.resourceType !== 'Patient' || !Array.isArray(identifier)) return undefined;
  let isChanged = false;
  const kept = identifier.map((each): Json => {
    if (!isNode(each) || each['system'] !== nhsNumberSystem) return each;
    if (typeof each['value'] !== 'string' || isNhsNumber(each['value'])) return each;
    isChanged = true;
    const { extension, ...rest } = each;
    const others = Array.isArray(extension) ? extension.filter((one) => !isVerification(one)) : [];
    return { ...(others.length === 0 ? {} : { extension: others }), ...rest, system: uncheckedNumberSystem };
  });
  return isChanged ? { ...resource, identifier: kept } : undefined;
}

const isNode = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isVerification = (extension: Json): boolean =>
  isNode(extension) && String(extension['url']).endsWith(verificationStatus);
